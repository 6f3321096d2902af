package io.windhover.netpoll;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits that end: with what was waited for, or with a failed test.
final class Waiting {

  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final long LOOK_EVERY_NANOS = 100_000;

  private Waiting() {}

  static void until(String what, BooleanSupplier claim) {
    until(() -> what, claim);
  }

  /// @param what asked for if it is in vain
  static void until(Supplier<String> what, BooleanSupplier claim) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!claim.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("in vain: " + what.get());
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  static <T> T next(BlockingQueue<T> queue) {
    try {
      var element = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (element == null) {
        throw new AssertionError("nothing came");
      }
      return element;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void on(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the latch stays shut");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void on(Thread thread) {
    try {
      if (!thread.join(LIMIT)) {
        throw new AssertionError(thread + " does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
