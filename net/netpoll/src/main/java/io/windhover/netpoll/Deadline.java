package io.windhover.netpoll;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The instant at which a wait ends, such as a dial.
///
/// @param timeout what its caller has allowed, for messages
/// @param nanoTime the instant, by [System#nanoTime]
record Deadline(Duration timeout, long nanoTime) {

  static Deadline after(Duration timeout) {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    return new Deadline(timeout, System.nanoTime() + nanos);
  }

  long remainingNanos() {
    return nanoTime - System.nanoTime();
  }

  /// Part of a sentence.
  @Override
  public String toString() {
    return "within " + timeout.toMillis() + " ms";
  }
}
