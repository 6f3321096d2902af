package io.windhover.buffer;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A bounded lock-free stack of free arrays of one size, the warmest on top (Treiber's stack).
///
/// It cannot suffer from ABA: an element is a [Memory], which enters once and is thrown away when
/// popped, so a top that compares equal never left. The bound is exact without a counter, because
/// each element knows its depth and what lies below it never changes.
final class FreeList {

  private final AtomicReference<@Nullable Memory> top = new AtomicReference<>();
  private final int maxDepth;

  FreeList(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /// Keeps the array of `memory`, or leaves it to the garbage collector if the list is full.
  void push(Memory memory) {
    Memory below;
    do {
      below = top.get();
      memory.below = below;
      memory.depth = below == null ? 1 : below.depth + 1;
    } while (memory.depth <= maxDepth && !top.compareAndSet(below, memory));
  }

  byte @Nullable [] pop() {
    Memory memory;
    do {
      memory = top.get();
      if (memory == null) {
        return null;
      }
    } while (!top.compareAndSet(memory, memory.below));
    return memory.bytes;
  }

  int depth() {
    var memory = top.get();
    return memory == null ? 0 : memory.depth;
  }
}
