package io.windhover.buffer;

import org.jspecify.annotations.Nullable;

/// A pooled array for the length of one step, for an API that wants bytes in one piece.
///
/// Its owner closes it, and uses the array no more then. Closing again does nothing.
public final class Scratch implements AutoCloseable {

  private @Nullable Memory memory;

  private Scratch(Memory memory) {
    this.memory = memory;
  }

  /// Takes an array from [NodePool#shared].
  ///
  /// @param minBytes at least so long; 256 KiB and less are pooled
  public static Scratch of(int minBytes) {
    return new Scratch(NodePool.shared().take(minBytes));
  }

  /// Returns the array. What is in it is undefined: somebody else's bytes, most likely.
  public byte[] bytes() {
    if (memory == null) {
      throw new IllegalStateException("closed");
    }
    return memory.bytes;
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.release();
      memory = null;
    }
  }
}
