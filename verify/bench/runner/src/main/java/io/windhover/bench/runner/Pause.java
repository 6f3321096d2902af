package io.windhover.bench.runner;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Time in which only the contestants do something.
final class Pause {

  private Pause() {}

  static void of(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
