package io.windhover.rpc;

import java.time.Duration;

/// The instant at which a call ends, whatever its state. Measured on the monotonic clock of this
/// process, so that a change of the wall clock moves no deadline.
///
/// @param nanos the instant in terms of [System#nanoTime]
public record Deadline(long nanos) {

  /// @param timeout from now on; at most about 292 years
  public static Deadline after(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
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
