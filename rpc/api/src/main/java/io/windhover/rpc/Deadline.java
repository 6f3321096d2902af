package io.windhover.rpc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The instant at which a call ends, whatever its state. Measured on the monotonic clock of this
/// process, so that a change of the wall clock moves no deadline.
///
/// @param nanos the instant in terms of `time`
/// @param time whose instant it is
public record Deadline(long nanos, TimeSource time) {

  /// The longest timeout: half of what the clock can tell apart, 146 years, so that any two
  /// deadlines compare rightly.
  private static final long MAX_TIMEOUT_NANOS = Long.MAX_VALUE / 2;

  /// What is further away than that is none.
  private static final long AGES_NANOS = TimeUnit.DAYS.toNanos(3_650);

  /// @param timeout from now on; of one beyond 146 years, that much counts
  public static Deadline after(Duration timeout) {
    return after(timeout, TimeSource.SYSTEM);
  }

  /// The same on another clock.
  public static Deadline after(Duration timeout, TimeSource time) {
    return after(timeout, time.nanoTime(), time);
  }

  /// The same from an earlier instant on.
  ///
  /// @param startNanos the instant in terms of [System#nanoTime]
  public static Deadline after(Duration timeout, long startNanos) {
    return after(timeout, startNanos, TimeSource.SYSTEM);
  }

  /// The same on another clock.
  ///
  /// @param startNanos the instant in terms of `time`
  public static Deadline after(Duration timeout, long startNanos, TimeSource time) {
    return new Deadline(startNanos + nanos(timeout), time);
  }

  private static long nanos(Duration timeout) {
    return Math.min(TimeUnit.NANOSECONDS.convert(timeout), MAX_TIMEOUT_NANOS);
  }

  /// Returns the nanoseconds left: zero or negative once the deadline has passed.
  public long remainingNanos() {
    return nanos - time.nanoTime();
  }

  public boolean hasPassed() {
    return remainingNanos() <= 0;
  }

  /// Returns the earlier of the two. Of different clocks, what is left on each counts.
  public Deadline orEarlier(Deadline other) {
    boolean isLater =
        other.time.equals(time)
            ? other.nanos - nanos < 0
            : other.remainingNanos() < remainingNanos();
    return isLater ? other : this;
  }

  /// Returns an instant of another clock in terms of this deadline's.
  ///
  /// @param nanos the instant in terms of `clock`
  public long instant(long nanos, TimeSource clock) {
    return clock.equals(time) ? nanos : time.nanoTime() - (clock.nanoTime() - nanos);
  }

  /// Waits until the deadline has passed, somebody unparks the calling thread, or it is
  /// interrupted; may return for no reason. With no time left, it returns at once.
  ///
  /// @param blocker what the thread waits for, for those who look at its state
  public void park(Object blocker) {
    long remaining = remainingNanos();
    if (remaining > 0) {
      time.park(blocker, remaining);
    }
  }

  /// For logs: how much is left.
  @Override
  public String toString() {
    long left = remainingNanos();
    long millis = TimeUnit.NANOSECONDS.toMillis(left);
    if (left <= 0) {
      return "deadline passed %d ms ago".formatted(-millis);
    }
    return left > AGES_NANOS ? "no deadline" : "%d ms left".formatted(millis);
  }
}
