package io.windhover.netpoll.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// A TCP proxy on loopback that mistreats what passes through it, as [Faults] say. What is random
/// comes from a seed; how bytes fall into pieces also depends on the kernel.
///
/// Two virtual threads for each connection. All methods may be called from any thread; [#hold] and
/// [#release] by one.
public final class FaultProxy implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int BUFFER_BYTES = 16 << 10;

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextSeed;
  private final LongAdder bytesToTarget = new LongAdder();
  private final LongAdder bytesToClient = new LongAdder();
  private final AtomicReference<@Nullable Course> once = new AtomicReference<>();
  private volatile Course course = new Course(Faults.NONE, Faults.NONE);
  private volatile CountDownLatch passable = new CountDownLatch(0);

  /// What happens in either direction of a connection.
  private record Course(Faults toTarget, Faults toClient) {}

  private FaultProxy(InetSocketAddress target, long seed) throws IOException {
    this.target = target;
    this.nextSeed = new AtomicLong(seed);
    this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  /// Starts a proxy in front of `target`, at first without a fault.
  public static FaultProxy before(InetSocketAddress target, long seed) throws IOException {
    return new FaultProxy(target, seed);
  }

  /// Returns where to connect to in the target's place.
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /// Sets what happens to connections that are accepted from now on, in both directions.
  public void use(Faults faults) {
    course = new Course(faults, faults);
  }

  /// Sets what happens to the one connection that is accepted next, in its place.
  public void useOnce(Faults toTarget, Faults toClient) {
    once.set(new Course(toTarget, toClient));
  }

  /// Lets nothing pass until [#release], on no connection, old or new: what is sent meanwhile
  /// waits. To the peers it is a network that has come apart.
  public void hold() {
    if (passable.getCount() == 0) {
      passable = new CountDownLatch(1);
    }
  }

  /// Ends a [#hold].
  public void release() {
    passable.countDown();
  }

  /// Returns how many bytes have passed from clients, on all connections so far.
  public long bytesToTarget() {
    return bytesToTarget.sum();
  }

  /// Returns how many bytes have passed back.
  public long bytesToClient() {
    return bytesToClient.sum();
  }

  /// Resets all connections now.
  public void resetAll() {
    links.forEach(Link::reset);
  }

  public int openConnections() {
    return links.size();
  }

  /// Accepts no more and resets all connections.
  @Override
  public void close() throws IOException {
    listener.close();
    release();
    resetAll();
  }

  private void accept() {
    try {
      while (true) {
        connect(listener.accept());
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void connect(Socket client) {
    var single = once.getAndSet(null);
    var current = single != null ? single : course;
    var link = new Link(client, new Socket());
    links.add(link);
    try {
      link.server.connect(target);
      client.setTcpNoDelay(true);
      link.server.setTcpNoDelay(true);
      link.start(new Direction(link, client, link.server, current.toTarget, bytesToTarget));
      link.start(new Direction(link, link.server, client, current.toClient, bytesToClient));
    } catch (IOException e) { // the target is gone: so is the client's connection
      link.reset();
    }
  }

  /// A client's connection and the one to the target.
  private final class Link {
    private final Socket client;
    private final Socket server;
    private final AtomicLong passing = new AtomicLong(2);

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void start(Direction direction) {
      Thread.ofVirtual()
          .name("fault-proxy-link")
          .start(
              () -> {
                try {
                  direction.pass();
                } catch (IOException e) { // a peer has reset its side
                  reset();
                } catch (InterruptedException e) { // nobody does
                  throw new AssertionError(e);
                }
                if (passing.decrementAndGet() == 0) {
                  close();
                }
              });
    }

    void reset() {
      for (var socket : new Socket[] {client, server}) {
        try {
          socket.setSoLinger(true, 0); // a close is a reset then
        } catch (IOException e) {
          // closed already
        }
      }
      close();
    }

    private void close() {
      try (client;
          server) {
        links.remove(this);
      } catch (IOException e) {
        // closed already
      }
    }
  }

  /// What passes from one side of a link to the other.
  private final class Direction {
    private final Link link;
    private final Socket from;
    private final Socket to;
    private final Faults faults;
    private final LongAdder passed;
    private final RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(nextSeed.getAndIncrement());

    Direction(Link link, Socket from, Socket to, Faults faults, LongAdder passed) {
      this.link = link;
      this.from = from;
      this.to = to;
      this.faults = faults;
      this.passed = passed;
    }

    void pass() throws IOException, InterruptedException {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      var bytes = new byte[BUFFER_BYTES];
      long left = faults.endAfterBytes();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        passable.await();
        flip(bytes, count);
        int some = (int) Math.min(count, left);
        write(out, bytes, some);
        left -= some;
        if (left == 0 && faults.end() != Faults.End.NONE) {
          end(in);
          return;
        }
      }
      passable.await();
      to.shutdownOutput();
    }

    private void flip(byte[] bytes, int count) {
      for (int i = 0; faults.flipOneIn() > 0 && i < count; i++) {
        if (random.nextInt(faults.flipOneIn()) == 0) {
          bytes[i] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
      }
    }

    private void write(OutputStream out, byte[] bytes, int count) throws IOException {
      for (int done = 0; done < count; ) {
        int piece = Math.min(count - done, faults.maxPieceBytes());
        long jitter = faults.jitter().toNanos();
        long pause = faults.latency().toNanos() + (jitter == 0 ? 0 : random.nextLong(jitter));
        if (pause > 0) {
          LockSupport.parkNanos(pause);
        }
        passed.add(piece); // before its receiver can ask
        out.write(bytes, done, piece);
        done += piece;
      }
    }

    private void end(InputStream in) throws IOException {
      switch (faults.end()) {
        case NONE -> {}
        case RESET -> link.reset();
        case CLOSE -> link.close();
        case HALF_CLOSE -> to.shutdownOutput();
        case BLACK_HOLE -> in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
