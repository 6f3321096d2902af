package io.windhover.netpoll;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes all connections of a group may hold together: of unfinished frames, and of frames
/// that their peers do not read.
///
/// Each connection is bounded by the largest frame, but ten thousand of them are not. Frames that
/// arrive in one piece, or that the kernel takes at once, are never counted; a connection that goes
/// over the budget is closed. If it is the only one that holds anything, it may hold twice as much:
/// a budget of a small heap may be less than one large message.
final class MemoryBudget {

  private static final int SHARE_OF_HEAP = 4;

  /// Holding no more than that, a connection may use the whole budget, others a half of it: a few
  /// that hold much do not shut out the many.
  private static final int SMALL_BYTES = 64 << 10;

  private final long maxBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// A quarter of the largest heap of this JVM.
  static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /// A connection holds `after` bytes where it held `before`.
  ///
  /// @return whether it may; the change counts in any case
  boolean change(long before, long after) {
    if (before == after) {
      return true;
    }
    long held = heldBytes.addAndGet(after - before);
    long limit = after <= SMALL_BYTES ? maxBytes : maxBytes / 2;
    return after <= before || held <= limit || held == after && held <= 2 * maxBytes;
  }

  long heldBytes() {
    return heldBytes.get();
  }

  long maxBytes() {
    return maxBytes;
  }
}
