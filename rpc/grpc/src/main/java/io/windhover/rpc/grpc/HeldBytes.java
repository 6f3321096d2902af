package io.windhover.rpc.grpc;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes the messages of one connection have that are not whole, or that nobody has
/// received yet. For any thread.
final class HeldBytes {

  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();

  HeldBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// One that counts, and refuses nothing.
  static HeldBytes unbounded() {
    return new HeldBytes(Long.MAX_VALUE);
  }

  /// One for a server's connection, which carries more than one message at a time: the largest, or
  /// a half of what HTTP/2 may hold besides if that is more.
  static HeldBytes ofConnection(int maxMessageBytes, int maxHeldBytes) {
    return new HeldBytes(Math.max(maxMessageBytes, maxHeldBytes / 2));
  }

  /// @param by bytes that are held more, or fewer
  /// @return whether so many may be held; the change counts in any case
  boolean change(int by) {
    return bytes.addAndGet(by) <= maxBytes || by < 0;
  }

  long get() {
    return bytes.get();
  }
}
