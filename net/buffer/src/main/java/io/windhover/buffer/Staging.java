package io.windhover.buffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Native memory in which the nodes of one write are gathered: one system call on one range is
/// cheaper than one on many, and the JDK would copy each of them into memory like this anyway.
///
/// A stack, so that the warmest is used next. There come to be as many as there are threads that
/// write at the same instant, since nobody blocks while he holds one.
final class Staging {

  /// The most that one write can gather.
  static final int BYTES = 128 << 10;

  private static final AtomicReference<@Nullable Staging> FREE = new AtomicReference<>();

  final ByteBuffer bytes;
  private final @Nullable Staging below;

  private Staging(ByteBuffer bytes, @Nullable Staging below) {
    this.bytes = bytes;
    this.below = below;
  }

  /// Returns an empty buffer for the caller's use until [#give].
  static ByteBuffer take() {
    Staging top;
    do {
      top = FREE.get();
      if (top == null) {
        return ByteBuffer.allocateDirect(BYTES);
      }
    } while (!FREE.compareAndSet(top, top.below));
    return top.bytes.clear();
  }

  static void give(ByteBuffer bytes) {
    Staging top;
    do {
      top = FREE.get();
    } while (!FREE.compareAndSet(top, new Staging(bytes, top)));
  }
}
