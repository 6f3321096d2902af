package io.windhover.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One life of a byte array: from the pool that lent it to the last node that lets go of it.
///
/// Nodes of several buffers, on several threads, may hold the same memory; the count of them is
/// atomic. The next life of the array is another object, so a reference that was kept too long can
/// not touch it, and an object enters a free list at most once (see [FreeList]).
final class Memory {

  private static final VarHandle HOLDERS;

  static {
    try {
      HOLDERS = MethodHandles.lookup().findVarHandle(Memory.class, "holders", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final byte[] bytes;
  private final @Nullable NodePool owner; // null: never pooled

  @SuppressWarnings("unused") // by HOLDERS
  private volatile int holders = 1;

  // Set once, by the free list that this memory enters.
  @Nullable Memory below;
  int depth;

  Memory(byte[] bytes, @Nullable NodePool owner) {
    this.bytes = bytes;
    this.owner = owner;
  }

  void retain() {
    HOLDERS.getAndAdd(this, 1);
  }

  void release() {
    if ((int) HOLDERS.getAndAdd(this, -1) == 1 && owner != null) {
      owner.give(this);
    }
  }
}
