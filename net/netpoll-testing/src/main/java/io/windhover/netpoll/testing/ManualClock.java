package io.windhover.netpoll.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A clock that stands until a test turns it, so that a timeout of ten minutes takes none.
///
/// ```java
/// var clock = new ManualClock();
/// var options =
///     PollerOptions.builder().nanoClock(clock).sweepInterval(Duration.ofMillis(1)).build();
/// ...
/// clock.turn(Duration.ofMinutes(10)); // at the next sweep, what was idle for so long closes
/// ```
///
/// Safe for many threads.
public final class ManualClock implements LongSupplier {

  private final AtomicLong nanos = new AtomicLong(-1); // negative, as System.nanoTime may be

  public ManualClock() {}

  /// In nanoseconds, from no point in particular.
  @Override
  public long getAsLong() {
    return nanos.get();
  }

  /// @throws IllegalArgumentException if it is to run backwards
  public void turn(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("by: " + by + " (expected: >= 0)");
    }
    nanos.addAndGet(by.toNanos());
  }
}
