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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A TCP proxy on loopback that mistreats what passes through it, as [Faults] say. What is random
/// comes from a seed; how bytes fall into pieces also depends on the kernel.
///
/// Two virtual threads for each connection. All methods may be called from any thread.
public final class FaultProxy implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int BUFFER_BYTES = 16 << 10;

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextSeed;
  private volatile Faults faults = Faults.NONE;

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

  /// Sets what happens to connections that are accepted from now on.
  public void use(Faults faults) {
    this.faults = faults;
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
    var link = new Link(client, new Socket(), faults);
    links.add(link);
    try {
      link.server.connect(target);
      client.setTcpNoDelay(true);
      link.server.setTcpNoDelay(true);
      link.pass(client, link.server, nextSeed.getAndIncrement());
      link.pass(link.server, client, nextSeed.getAndIncrement());
    } catch (IOException e) { // the target is gone: so is the client's connection
      link.reset();
    }
  }

  /// A client's connection and the one to the target.
  private final class Link {
    private final Socket client;
    private final Socket server;
    private final Faults faults;
    private final AtomicLong passing = new AtomicLong(2);

    Link(Socket client, Socket server, Faults faults) {
      this.client = client;
      this.server = server;
      this.faults = faults;
    }

    void pass(Socket from, Socket to, long seed) {
      var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      Thread.ofVirtual()
          .name("fault-proxy-link")
          .start(
              () -> {
                try {
                  pass(from, to, random);
                } catch (IOException e) { // a peer has reset its side
                  reset();
                }
                if (passing.decrementAndGet() == 0) {
                  close();
                }
              });
    }

    private void pass(Socket from, Socket to, RandomGenerator random) throws IOException {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      var bytes = new byte[BUFFER_BYTES];
      long left = faults.endAfterBytes();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        flip(bytes, count, random);
        int passed = (int) Math.min(count, left);
        write(out, bytes, passed, random);
        left -= passed;
        if (left == 0 && faults.end() != Faults.End.NONE) {
          end(to, in);
          return;
        }
      }
      to.shutdownOutput();
    }

    private void flip(byte[] bytes, int count, RandomGenerator random) {
      for (int i = 0; faults.flipOneIn() > 0 && i < count; i++) {
        if (random.nextInt(faults.flipOneIn()) == 0) {
          bytes[i] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
      }
    }

    private void write(OutputStream out, byte[] bytes, int count, RandomGenerator random)
        throws IOException {
      for (int done = 0; done < count; ) {
        int piece = Math.min(count - done, faults.maxPieceBytes());
        long jitter = faults.jitter().toNanos();
        long pause = faults.latency().toNanos() + (jitter == 0 ? 0 : random.nextLong(jitter));
        if (pause > 0) {
          LockSupport.parkNanos(pause);
        }
        out.write(bytes, done, piece);
        done += piece;
      }
    }

    private void end(Socket to, InputStream in) throws IOException {
      switch (faults.end()) {
        case NONE -> {}
        case RESET -> reset();
        case CLOSE -> close();
        case HALF_CLOSE -> to.shutdownOutput();
        case BLACK_HOLE -> in.transferTo(OutputStream.nullOutputStream());
      }
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
}
