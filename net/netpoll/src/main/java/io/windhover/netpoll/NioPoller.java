package io.windhover.netpoll;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// A poller on a JDK selector: read interest stands all the time, write interest only while the
/// kernel takes no more.
final class NioPoller implements Poller {

  private static final System.Logger LOG = System.getLogger(NioPoller.class.getName());
  private static final long JOIN_MILLIS = 5_000;

  private final Selector selector;
  private final LongSupplier nanoClock;
  private final long sweepNanos;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean closing;
  private long lastSweep;

  NioPoller(String name, LongSupplier nanoClock, long sweepNanos) throws IOException {
    this.selector = Selector.open();
    this.nanoClock = nanoClock;
    this.sweepNanos = sweepNanos;
    this.lastSweep = nanoClock.getAsLong();
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!isCurrentThread() && woken.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  @Override
  public NioSocket connect(SocketAddress address, Dialling dialling) throws IOException {
    var channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      var socket = new NioSocket(channel);
      if (channel.connect(address)) {
        execute(() -> dialling.connected(socket));
      } else {
        register(channel, SelectionKey.OP_CONNECT, new Pending(socket, dialling));
      }
      return socket;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void adopt(PolledSocket socket, PolledSocket.Owner owner) throws IOException {
    var nio = (NioSocket) socket;
    nio.established(register(nio.channel(), SelectionKey.OP_READ, new Established(owner)));
  }

  @Override
  public Acceptor listen(SocketAddress address, int backlog, Acceptor.Owner owner)
      throws IOException {
    var acceptor = new NioAcceptor(this, address, backlog, owner);
    execute(acceptor::start);
    return acceptor;
  }

  SelectionKey register(SelectableChannel channel, int operations, Registration registration)
      throws IOException {
    return channel.register(selector, operations, registration);
  }

  private void run() {
    while (!closing) {
      try {
        turn();
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.ERROR, "poller turn failed; going on", e);
      }
    }
    shutDown();
  }

  private void turn() throws IOException {
    selector.select(this::ready, Math.max(1, sweepNanos / 1_000_000));
    woken.set(false);
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
    long now = nanoClock.getAsLong();
    if (now - lastSweep >= sweepNanos) {
      lastSweep = now;
      for (var key : selector.keys()) {
        guarded(() -> ((Registration) key.attachment()).sweep(now));
      }
    }
  }

  private void ready(SelectionKey key) {
    guarded(() -> ((Registration) key.attachment()).ready(key));
  }

  /// One registration's trouble stays its own.
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a poller step failed", e);
    }
  }

  private void shutDown() {
    for (var key : selector.keys()) {
      guarded(() -> ((Registration) key.attachment()).shutDown());
    }
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
    try {
      selector.selectNow(); // lets go of the descriptors of closed channels
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing the selector", e);
    }
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    if (isCurrentThread()) {
      return;
    }
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What a key stands for.
  interface Registration {
    void ready(SelectionKey key);

    void sweep(long nowNanos);

    void shutDown();
  }

  private record Established(PolledSocket.Owner owner) implements Registration {
    @Override
    public void ready(SelectionKey key) {
      int operations = key.readyOps();
      if ((operations & SelectionKey.OP_WRITE) != 0) {
        owner.writable();
      }
      if ((operations & SelectionKey.OP_READ) != 0) {
        owner.readable();
      }
    }

    @Override
    public void sweep(long nowNanos) {
      owner.sweep(nowNanos);
    }

    @Override
    public void shutDown() {
      owner.shutDown();
    }
  }

  private record Pending(NioSocket socket, Dialling dialling) implements Registration {
    @Override
    public void ready(SelectionKey key) {
      try {
        if (socket.channel().finishConnect()) {
          dialling.connected(socket);
        }
      } catch (IOException e) {
        socket.close();
        dialling.failed(e);
      }
    }

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public void shutDown() {
      socket.close();
      dialling.failed(new IOException("the pollers are closed"));
    }
  }
}
