package io.windhover.netpoll;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of unfinished frames all connections of a group may hold together.
///
/// Each connection is bounded by the largest frame, but ten thousand of them are not. Frames that
/// arrive in one piece are never counted; a connection whose unfinished frame goes over the budget
/// is closed, unless it is the only one, since a single frame is bounded already.
final class InputBudget {

  private static final int SHARE_OF_HEAP = 4;

  private final long maxBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  InputBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// A quarter of the largest heap of this JVM.
  static InputBudget ofHeap() {
    return new InputBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /// A connection holds `after` bytes where it held `before`.
  ///
  /// @return whether it may; the change counts in any case
  boolean change(int before, int after) {
    if (before == after) {
      return true;
    }
    long held = heldBytes.addAndGet((long) after - before);
    return after <= before || held <= maxBytes || held == after;
  }

  long heldBytes() {
    return heldBytes.get();
  }
}
