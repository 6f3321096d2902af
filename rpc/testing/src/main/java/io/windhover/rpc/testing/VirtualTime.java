package io.windhover.rpc.testing;

import io.windhover.rpc.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Time that stands still until a test turns it on: a timeout of half a minute passes in no time.
///
/// ```java
/// var time = new VirtualTime();
/// var shop = Shop.on(InProcess.of(Shop.serve(handler)).at(time));
/// var answer = executor.submit(() -> shop.report());
/// time.awaitWaiting(1);
/// time.advance(Duration.ofSeconds(30));
/// ```
///
/// For any thread.
public final class VirtualTime implements TimeSource {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Waiter(Thread thread, long dueNanos) {}

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final Condition changed = lock.newCondition();
  private final List<Waiter> waiters = new ArrayList<>();
  private long nanos;

  public VirtualTime() {}

  @Override
  public long nanoTime() {
    lock.lock();
    try {
      return nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void park(Object blocker, long nanos) {
    var waiter = enter(nanos);
    if (waiter.dueNanos > nanoTime()) { // a turn from now on finds it, and leaves it a permit
      LockSupport.park(blocker);
    }
    leave(waiter);
  }

  private Waiter enter(long waitNanos) {
    lock.lock();
    try {
      var waiter = new Waiter(Thread.currentThread(), nanos + waitNanos);
      waiters.add(waiter);
      changed.signalAll();
      return waiter;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Waiter waiter) {
    lock.lock();
    try {
      waiters.remove(waiter);
    } finally {
      lock.unlock();
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
    lock.lock();
    try {
      nanos += duration.toNanos();
      for (var waiter : waiters) {
        if (waiter.dueNanos <= nanos) {
          LockSupport.unpark(waiter.thread);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns when so many threads wait for this time, such as callers for their replies: what a
  /// test does before it turns the clock on.
  ///
  /// @throws IllegalStateException if that does not come to be within 10 s of real time
  public void awaitWaiting(int threads) throws InterruptedException {
    lock.lock();
    try {
      long left = PATIENCE_NANOS;
      while (waiters.size() < threads) {
        if (left <= 0) {
          throw new IllegalStateException(
              "%d threads wait for this time (expected: %d)".formatted(waiters.size(), threads));
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
