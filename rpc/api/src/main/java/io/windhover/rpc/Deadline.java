package io.windhover.rpc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The instant at which a call ends, whatever its state. Measured on the monotonic clock of this
/// process, so that a change of the wall clock moves no deadline.
///
/// @param nanos the instant in terms of [System#nanoTime]
public record Deadline(long nanos) {

  /// The longest timeout: half of what the clock can tell apart, 146 years, so that any two
  /// deadlines compare rightly.
  private static final long MAX_TIMEOUT_NANOS = Long.MAX_VALUE / 2;

  /// @param timeout from now on; of one beyond 146 years, that much counts
  public static Deadline after(Duration timeout) {
    long timeoutNanos = Math.min(TimeUnit.NANOSECONDS.convert(timeout), MAX_TIMEOUT_NANOS);
    return new Deadline(System.nanoTime() + timeoutNanos);
  }

  /// Returns the nanoseconds left: zero or negative once the deadline has passed.
  public long remainingNanos() {
    return nanos - System.nanoTime();
  }

  public boolean hasPassed() {
    return remainingNanos() <= 0;
  }

  /// Returns the earlier of the two.
  public Deadline orEarlier(Deadline other) {
    return other.nanos - nanos < 0 ? other : this;
  }
}
