package io.windhover.rpc.testing;

import io.windhover.rpc.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Time that stands still until a test turns it on: a timeout of half a minute passes in no time.
///
/// ```java
/// var time = new VirtualTime();
/// var shop = Shop.on(InProcess.of(Shop.serve(handler)).at(time));
/// var answer = executor.submit(() -> shop.report());
/// time.awaitWaiting(1); // the caller, for its reply
/// time.advance(Duration.ofSeconds(30));
/// ```
///
/// For any thread.
public final class VirtualTime implements TimeSource {

  private static final int PATIENCE_SECONDS = 10;

  private record Waiter(Thread thread, long dueNanos) {}

  // Guards the waiters, and the turns of the clock. No lock that parks: it would take the permit by
  // which a thread was woken that is about to wait.
  private final Object monitor = new Object();
  private final List<Waiter> waiters = new ArrayList<>();
  private volatile long nanos;

  public VirtualTime() {}

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void park(Object blocker, long nanos) {
    var waiter = enter(nanos);
    if (waiter.dueNanos > nanoTime()) { // a turn from now on finds it, and leaves it a permit
      LockSupport.park(blocker);
    }
    synchronized (monitor) {
      waiters.remove(waiter);
    }
  }

  private Waiter enter(long waitNanos) {
    synchronized (monitor) {
      var waiter = new Waiter(Thread.currentThread(), nanos + waitNanos);
      waiters.add(waiter);
      monitor.notifyAll();
      return waiter;
    }
  }

  /// Blocks the calling thread until so much of this time has passed: a handler's `Thread.sleep`.
  public void sleep(Duration duration) throws InterruptedException {
    long due = nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = due - nanoTime()) {
      park(this, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /// Turns the clock on, and wakes all whose time has come. They run after that: wait for what they
  /// do, not for this.
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration: " + duration + " (expected: >= 0)");
    }
    synchronized (monitor) {
      nanos += duration.toNanos();
      for (var waiter : waiters) {
        if (waiter.dueNanos <= nanos) {
          LockSupport.unpark(waiter.thread);
        }
      }
    }
  }

  /// Returns when so many threads wait for this time, such as callers for their replies: what a
  /// test does before it turns the clock on.
  ///
  /// @throws IllegalStateException if that does not come to be within 10 s of real time
  public void awaitWaiting(int threads) throws InterruptedException {
    synchronized (monitor) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (waiters.size() < threads) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw new IllegalStateException(
              "%d threads wait for this time after %d s (expected: %d)"
                  .formatted(waiters.size(), PATIENCE_SECONDS, threads));
        }
        TimeUnit.NANOSECONDS.timedWait(monitor, left);
      }
    }
  }
}
