package io.windhover.netpoll;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The turns of a poller, whatever its back end: wait for sockets, look at timeouts, run the tasks
/// that are there by then.
///
/// No wake-up is lost: a turn clears `woken` and then counts `tasks`, and none waits while there
/// are any. A task added before the counting is run; one added after it finds `woken` clear and
/// ends the next wait, or is there before that begins.
///
/// No task is lost either: `ended` is set before `tasks` is emptied for the last time, and who adds
/// a task looks at `ended` afterwards. Either the task is met, or it can be taken back.
abstract sealed class PollerLoop implements Poller permits NioPoller, EpollPoller {

  private static final System.Logger LOG = System.getLogger(PollerLoop.class.getName());
  private static final long PAUSE_NANOS = 10_000_000;

  private final LongSupplier nanoClock;
  private final long sweepNanos;
  private final PollerThread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final List<Runnable> endSteps; // made before memory is short
  private volatile boolean closing;
  private volatile boolean ended;

  // The thread's own:
  private final SpinGate spinGate;
  private long lastSweep;

  PollerLoop(String threadName, LongSupplier nanoClock, long sweepNanos, long spinNanos) {
    this.nanoClock = nanoClock;
    this.sweepNanos = sweepNanos;
    this.spinGate = new SpinGate(spinNanos);
    this.lastSweep = nanoClock.getAsLong();
    boolean singleCore = Runtime.getRuntime().availableProcessors() == 1;
    this.thread = new PollerThread(threadName, singleCore, this::run);
    this.endSteps =
        List.of(
            this::runAllTasks,
            () -> tellAll(PolledSocket.Owner::shutDown),
            this::release,
            thread::resumeAll);
  }

  final void start() {
    try {
      thread.start();
    } catch (RuntimeException | Error e) { // such as no memory for a thread
      release();
      throw e;
    }
  }

  // ---- what a back end does; on the thread, but for wake

  /// Waits until something is ready, for `timeoutMillis` at most or until [#wake], and tells whom
  /// it concerns.
  ///
  /// @return whether something was ready
  abstract boolean await(long timeoutMillis) throws IOException;

  /// Ends the wait that is on, or the next one. Any thread.
  abstract void wake();

  /// Takes a step with the owner of each socket that is watched.
  abstract void forEachOwner(Consumer<PolledSocket.Owner> step);

  abstract PolledListener bind(
      SocketAddress address, ListenerOptions options, Consumer<PolledSocket> onAccepted)
      throws IOException;

  /// Frees the descriptors of closed sockets now rather than in the next turn. In a task only.
  void letGoOfClosed() {}

  /// A turn has failed: makes it less likely that the next one does.
  void recover() {
    pause();
  }

  /// Lets go of the system's resources, once every owner is told.
  abstract void release();

  // ---- owners

  /// Tells an owner what its socket can do, and contains its trouble.
  final void tell(PolledSocket.Owner owner, boolean readable, boolean writable) {
    spinGate.told(owner);
    try {
      if (writable) {
        owner.writable();
      }
      if (readable) {
        owner.readable();
      }
    } catch (RuntimeException | Error e) {
      report("a poller step failed", e);
    }
  }

  /// Tells an owner that its peer has reset the socket.
  static void tellBroken(PolledSocket.Owner owner) {
    guarded(owner::broken);
  }

  private void tellAll(Consumer<PolledSocket.Owner> step) {
    forEachOwner(
        owner -> {
          try {
            step.accept(owner);
          } catch (RuntimeException | Error e) {
            report("a poller step failed", e);
          }
        });
  }

  @Override
  public final Listener listen(
      SocketAddress address, ListenerOptions options, Consumer<PolledSocket> onAccepted)
      throws IOException {
    var listener = bind(address, options, onAccepted);
    if (!execute(listener::start)) {
      listener.shutDown();
      throw new IOException("the pollers are closed");
    }
    return listener;
  }

  // ---- tasks

  @Override
  public final boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  @Override
  public final boolean execute(Runnable task) {
    if (ended) {
      return false;
    }
    tasks.add(task);
    if (ended && tasks.remove(task)) {
      return false;
    }
    if (!isCurrentThread() && woken.compareAndSet(false, true)) {
      wake();
    }
    return true;
  }

  /// Runs `task` on this poller, unless it has ended, and waits for that, unless called on a poller
  /// or interrupted.
  ///
  /// @return false if it takes too long
  final boolean executeAndWait(Runnable task) {
    var ran = new CountDownLatch(1);
    boolean taken =
        execute(
            () -> {
              task.run();
              ran.countDown();
            });
    if (!taken || PollerThread.isCurrent()) {
      return true;
    }
    try {
      return ran.await(WAIT_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Whether there is a reason to end a wait other than a socket.
  final boolean isWoken() {
    return woken.get() || closing || !tasks.isEmpty();
  }

  // ---- the loop

  private void run() {
    try {
      while (!closing) {
        try {
          containedTurn();
        } catch (RuntimeException | Error e) { // even to contain something takes memory
          pause();
        }
      }
    } finally {
      end();
    }
  }

  static void pause() {
    try {
      LockSupport.parkNanos(PAUSE_NANOS);
    } catch (RuntimeException | Error e) {
      Thread.onSpinWait(); // no memory even for that
    }
  }

  private void containedTurn() {
    try {
      turn();
      thread.resumeAll();
    } catch (VirtualMachineError e) { // such as want of memory: the back end is as good as ever
      report("a poller turn failed", e);
      pause();
    } catch (IOException | RuntimeException | Error e) {
      report("a poller turn failed", e);
      recover();
    }
  }

  private void turn() throws IOException {
    Thread.interrupted(); // left behind by some callback, it would end each wait at once
    if (!spin()) {
      sleep();
    }
    long now = nanoClock.getAsLong();
    if (now - lastSweep >= sweepNanos) {
      lastSweep = now;
      tellAll(owner -> owner.sweep(now));
    }
    woken.set(false);
    runTasks();
  }

  private void sleep() throws IOException {
    if (!tasks.isEmpty()) {
      await(0); // no wait, and so none that was short
      return;
    }
    long begin = System.nanoTime(); // not the poller's clock: cores live in real time
    await(Math.max(1, TimeUnit.NANOSECONDS.toMillis(sweepNanos)));
    spinGate.waited(System.nanoTime() - begin);
  }

  /// Looks again and again for what is ready, if that promises anything.
  ///
  /// @return whether there is no reason to wait for more
  private boolean spin() throws IOException {
    if (!spinGate.isOpen()) {
      return false;
    }
    long begin = System.nanoTime();
    do {
      if (await(0) || isWoken()) {
        return true;
      }
      Thread.onSpinWait();
    } while (System.nanoTime() - begin < spinGate.spinNanos());
    spinGate.spunInVain();
    return false;
  }

  /// What these add is for the next turn: sockets come first.
  private void runTasks() {
    for (int left = tasks.size(); left > 0; left--) {
      guarded(tasks.remove());
    }
  }

  private void runAllTasks() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  /// Contains the trouble of one registration or task. Errors too: a thread that died of one would
  /// leave all its connections hanging without a word.
  static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      report("a poller step failed", e);
    }
  }

  static void report(String what, Throwable cause) {
    try {
      LOG.log(Level.ERROR, what, cause);
    } catch (RuntimeException | Error e) {
      // Out of memory, most likely. The loop matters more than its log.
    }
  }

  // ---- the end

  private void end() {
    ended = true;
    endSteps.forEach(PollerLoop::guarded);
  }

  @Override
  public final void beginDrain(Runnable begun) {
    boolean taken =
        execute(
            () -> {
              tellAll(PolledSocket.Owner::drain);
              letGoOfClosed(); // of the listeners
              begun.run();
            });
    if (!taken) { // it has ended, and all with it
      begun.run();
    }
  }

  @Override
  public final void beginClose() {
    closing = true;
    execute(() -> {});
  }

  @Override
  public final void awaitEnd(Deadline deadline) {
    if (isCurrentThread()) {
      return;
    }
    try {
      if (!thread.join(Duration.ofNanos(deadline.remainingNanos()))) {
        LOG.log(Level.WARNING, "{0} does not end: a frame handler blocks it", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
