package io.windhover.rpc.server;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How far a server has come, and what happens on the way.
///
/// ```
///   STARTING --start hooks are done--> READY --stop--> STOPPING --all is closed--> STOPPED
///   STARTING --stop, or a hook fails--> STOPPING
/// ```
///
/// When it stops: stop hooks, such as those that unregister it; readiness false; the stop delay, in
/// which peers learn of that; no new connections; then the ends of all connections.
final class LifeCycle {

  private static final System.Logger LOG = System.getLogger(Server.class.getName());

  private enum State {
    STARTING,
    READY,
    STOPPING,
    STOPPED
  }

  private final Server server;
  private final LifeCycleOptions options;
  private final long startNanos = System.nanoTime();
  private final Thread starter = Thread.currentThread();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch hurried = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  /// Held while listeners of readiness are told, so that they hear of changes in their order.
  private final ReentrantLock lock = new ReentrantLock();

  private volatile State state = State.STARTING; // changed with the lock
  private volatile @Nullable Thread stopper; // null until the server is stopped
  private volatile @Nullable ShutdownHook shutdownHook;

  LifeCycle(Server server, LifeCycleOptions options) {
    this.server = server;
    this.options = options;
  }

  boolean isReady() {
    return state == State.READY;
  }

  /// Runs the start hooks. Without a word if the server is stopped meanwhile.
  ///
  /// @throws RuntimeException what a hook throws; the server is to be stopped then
  void start() {
    try {
      if (options.stopOnShutdown()) {
        shutdownHook = ShutdownHook.install(server);
      }
      for (var hook : options.onStart()) {
        if (state != State.STARTING) {
          return;
        }
        hook.accept(server);
      }
    } finally {
      started.countDown();
    }
    if (move(State.STARTING, State.READY)) {
      LOG.log(Level.INFO, () -> "ready after %d ms".formatted(millisSince(startNanos)));
    }
  }

  private boolean move(State from, State to) {
    lock.lock();
    try {
      if (state != from) {
        return false;
      }
      state = to;
      if (to == State.READY) {
        tell(true);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void tell(boolean ready) {
    for (var listener : options.readiness()) {
      guarded("a listener of readiness", () -> listener.accept(ready));
    }
  }

  private static void guarded(String what, Runnable action) {
    try {
      action.run();
    } catch (Throwable e) { // whatever it is, the server goes on to start, or to stop
      LOG.log(Level.WARNING, what + " failed", e);
    }
  }

  /// Does all that comes before the end of listening.
  ///
  /// @return whether this call is the one that stops the server
  boolean beginStop() {
    boolean wasReady = move(State.READY, State.STOPPING);
    if (!wasReady && !move(State.STARTING, State.STOPPING)) {
      return false;
    }
    stopper = Thread.currentThread();
    try {
      awaitStartHooks();
      options.onStop().forEach(hook -> guarded("a stop hook", () -> hook.accept(server)));
      if (wasReady) {
        lock.lock();
        try {
          tell(false);
        } finally {
          lock.unlock();
        }
      }
      var _ = hurried.await(nanos(options.stopDelay()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      hurried.countDown();
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /// What a start hook does, such as to register the server, a stop hook is to undo.
  private void awaitStartHooks() throws InterruptedException {
    if (started.getCount() == 0 || starter == Thread.currentThread()) {
      return;
    }
    starter.interrupt();
    if (!started.await(nanos(options.stopTimeout()), TimeUnit.NANOSECONDS)) {
      LOG.log(Level.WARNING, "stopping while a start hook still runs");
    }
  }

  /// Whether the calling thread stops the server already: it is in a hook, or a listener.
  boolean isStoppedHere() {
    return stopper == Thread.currentThread();
  }

  /// Ends the waiting before the end of listening.
  void hurry() {
    hurried.countDown();
  }

  void endStop(long beginNanos) {
    move(State.STOPPING, State.STOPPED);
    var hook = shutdownHook;
    if (hook != null) {
      hook.remove();
    }
    LOG.log(Level.INFO, () -> "stopped within %d ms".formatted(millisSince(beginNanos)));
    stopped.countDown();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  void awaitStopped() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long nanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration);
  }
}
