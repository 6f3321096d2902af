package io.windhover.rpc.stream;

import org.jspecify.annotations.Nullable;

/// A side of a stream is for one thread at a time: of two that wait, one would never be woken.
final class OneThread {

  private OneThread() {}

  /// Returns who still waits, now that the calling thread does not.
  static @Nullable Thread without(@Nullable Thread waiting) {
    return waiting == Thread.currentThread() ? null : waiting;
  }

  /// Returns the calling thread, which is about to wait.
  ///
  /// @param waiting who waits already; null if nobody does
  /// @param what the threads do
  /// @throws IllegalStateException if somebody does
  static Thread instead(@Nullable Thread waiting, String what) {
    if (waiting != null) {
      throw new IllegalStateException(
          "two threads %s one stream at once (expected: one at a time)".formatted(what));
    }
    return Thread.currentThread();
  }
}
