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
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A poller on a JDK selector: read interest stands all the time, write interest only while the
/// kernel takes no more.
///
/// No wake-up is lost: a turn clears `woken` and then empties `tasks`. A task added before the
/// clearing is met by that emptying; one added after it finds `woken` clear and ends the next
/// select.
///
/// No task is lost either: `ended` is set before `tasks` is emptied for the last time, and who adds
/// a task looks at `ended` afterwards. Either the task is met, or it can be taken back.
final class NioPoller implements Poller {

  private static final System.Logger LOG = System.getLogger(NioPoller.class.getName());
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = 10_000_000;

  /// A selector that so often in a row returns at once, for nothing, is broken: JDKs and kernels
  /// have had such bugs.
  private static final int MAX_USELESS_TURNS = 512;

  private final SelectorProvider provider;
  private final LongSupplier nanoClock;
  private final long sweepNanos;
  private final PollerThread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile Selector selector;
  private volatile boolean closing;
  private volatile boolean ended;
  private final AtomicInteger selectorsReplaced = new AtomicInteger();

  // The thread's own:
  private long lastSweep;
  private int uselessTurns;

  private NioPoller(
      String threadName, LongSupplier nanoClock, long sweepNanos, SelectorProvider provider)
      throws IOException {
    this.provider = provider;
    this.selector = provider.openSelector();
    this.nanoClock = nanoClock;
    this.sweepNanos = sweepNanos;
    this.lastSweep = nanoClock.getAsLong();
    boolean singleCore = Runtime.getRuntime().availableProcessors() == 1;
    this.thread = new PollerThread(threadName, singleCore, this::run);
  }

  static NioPoller start(String threadName, LongSupplier nanoClock, long sweepNanos)
      throws IOException {
    return start(threadName, nanoClock, sweepNanos, SelectorProvider.provider());
  }

  static NioPoller start(
      String threadName, LongSupplier nanoClock, long sweepNanos, SelectorProvider provider)
      throws IOException {
    var poller = new NioPoller(threadName, nanoClock, sweepNanos, provider);
    poller.thread.start();
    return poller;
  }

  @Override
  public boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  @Override
  public boolean execute(Runnable task) {
    if (ended) {
      return false;
    }
    tasks.add(task);
    if (ended && tasks.remove(task)) {
      return false;
    }
    if (!isCurrentThread() && woken.compareAndSet(false, true)) {
      selector.wakeup();
    }
    return true;
  }

  @Override
  public NioSocket connect(SocketAddress address, Dialling dialling) throws IOException {
    var channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      var socket = new NioSocket(this, channel);
      if (channel.connect(address)) {
        dialling.connected(socket);
      } else {
        register(channel, SelectionKey.OP_CONNECT, new Pending(socket, dialling));
      }
      return socket;
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void adopt(PolledSocket socket, PolledSocket.Owner owner) throws IOException {
    var nio = (NioSocket) socket;
    nio.established(this);
    register(nio.channel(), SelectionKey.OP_READ, new Established(owner));
  }

  @Override
  public Listener listen(SocketAddress address, int backlog, Consumer<PolledSocket> onAccepted)
      throws IOException {
    var listener = new NioListener(this, address, backlog, onAccepted);
    if (!execute(listener::start)) {
      listener.shutDown();
      throw new IOException("the pollers are closed");
    }
    return listener;
  }

  void register(SelectableChannel channel, int operations, Registration registration)
      throws IOException {
    channel.register(selector, operations, registration);
  }

  /// Changes what a registered channel waits for; does nothing if it is closed. On the thread only.
  void interest(SelectableChannel channel, int operations) {
    var key = channel.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(operations);
    }
  }

  /// Frees the descriptors of closed channels now rather than in the next turn. In a task only.
  void letGoOfClosed() {
    try {
      selector.selectNow(this::ready);
      if (woken.get()) {
        selector.wakeup(); // that may have been a wake-up for the next turn
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "left to the next turn", e);
    }
  }

  // ---- the loop

  private void run() {
    try {
      while (!closing) {
        try {
          containedTurn();
        } catch (RuntimeException | Error e) { // even to contain something takes memory
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } finally {
      shutDown();
    }
  }

  private void containedTurn() {
    try {
      turn();
      thread.resumeAll();
    } catch (VirtualMachineError e) { // such as want of memory: the selector is as good as ever
      report("a poller turn failed", e);
      LockSupport.parkNanos(PAUSE_NANOS);
    } catch (IOException | RuntimeException | Error e) {
      report("a poller turn failed", e);
      replaceSelector();
    }
  }

  private void turn() throws IOException {
    if (select()) {
      uselessTurns = 0;
    } else if (++uselessTurns >= MAX_USELESS_TURNS) {
      LOG.log(Level.WARNING, "a selector spins: it is replaced");
      replaceSelector();
    }
    sweepIfDue();
    woken.set(false);
    runTasks();
  }

  /// @return false if it ended early for no visible reason
  private boolean select() throws IOException {
    Thread.interrupted(); // left behind by some callback, it would end each select at once
    long timeoutMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(sweepNanos));
    long begin = System.nanoTime(); // not nanoClock: selectors live in real time
    int ready = selector.select(this::ready, timeoutMillis);
    return ready > 0
        || woken.get()
        || closing
        || System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(timeoutMillis) / 2;
  }

  private void ready(SelectionKey key) {
    guarded(() -> registration(key).ready(key));
  }

  private static Registration registration(SelectionKey key) {
    return (Registration) key.attachment();
  }

  private void sweepIfDue() {
    long now = nanoClock.getAsLong();
    if (now - lastSweep < sweepNanos) {
      return;
    }
    lastSweep = now;
    for (var key : selector.keys()) {
      if (key.isValid()) {
        guarded(() -> registration(key).sweep(now));
      }
    }
  }

  private void runTasks() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  /// Contains the trouble of one registration or task. Errors too: a thread that died of one would
  /// leave all its connections hanging without a word.
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      report("a poller step failed", e);
    }
  }

  private static void report(String what, Throwable cause) {
    try {
      LOG.log(Level.ERROR, what, cause);
    } catch (RuntimeException | Error e) {
      // Out of memory, most likely. The loop matters more than its log.
    }
  }

  /// Moves all registrations to a new selector. On the thread only.
  void replaceSelector() {
    uselessTurns = 0;
    var old = selector;
    try {
      var fresh = provider.openSelector();
      for (var key : old.keys()) {
        guarded(() -> move(key, fresh));
      }
      selector = fresh;
      fresh.wakeup(); // a task that came meanwhile has woken the old one
      selectorsReplaced.incrementAndGet();
      old.close();
    } catch (IOException | RuntimeException | Error e) {
      report("no new selector", e);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static void move(SelectionKey key, Selector fresh) {
    try {
      if (key.isValid()) {
        key.channel().register(fresh, key.interestOps(), key.attachment());
      }
    } catch (IOException | RuntimeException | Error e) {
      registration(key).shutDown();
    }
  }

  /// Returns how many selectors were given up as broken.
  int selectorsReplaced() {
    return selectorsReplaced.get();
  }

  // ---- the end

  private void shutDown() {
    ended = true;
    runTasks();
    for (var key : selector.keys()) {
      try {
        registration(key).shutDown();
      } catch (RuntimeException | Error e) {
        report("a poller step failed", e);
      }
    }
    try {
      selector.selectNow(); // frees the descriptors of closed channels
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing the selector", e);
    }
    guarded(thread::resumeAll); // those that the end itself has woken
  }

  @Override
  public void beginClose() {
    closing = true;
    execute(() -> {});
  }

  @Override
  public void close() {
    beginClose();
    if (isCurrentThread()) {
      return;
    }
    try {
      if (!thread.join(JOIN_LIMIT)) {
        LOG.log(Level.WARNING, "{0} does not end: a frame handler blocks it", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What a key stands for. Called on the thread only.
  interface Registration {
    void ready(SelectionKey key);

    void sweep(long nowNanos);

    /// Closes the channel.
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
