package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.MessageHeader;
import org.jspecify.annotations.Nullable;

/// What goes over an accepted connection, as its first bytes tell. It stays so for its life.
///
/// ```
///  byte 0       2       4       6       8
///      +-------+-------+-------+-------+
///      |     length    | 10 00 | flags |   TTHeader: the flags decide
///      |          anything else        |   CALLS
///      +-------+-------+-------+-------+
/// ```
public enum ConnectionKind {
  /// Messages that are answered one after the other, each in the protocol in which it came.
  CALLS,
  /// TTHeader messages of many calls at a time, answered in any order.
  MUX,
  /// Frames of TTHeader Streaming.
  STREAMS;

  private static final int MAGIC_END = Integer.BYTES + Short.BYTES;

  /// Returns what `input` begins, or null if more has to arrive to tell.
  public static @Nullable ConnectionKind of(LinkBuffer input) {
    int size = input.size();
    if (size < Integer.BYTES) {
      return null;
    }
    int head = input.getInt(0);
    if (head >>> 16 == MessageHeader.VERSION || head <= 0) {
      return CALLS;
    }
    if (ForeignProtocol.of(input) != null) {
      return CALLS; // which refuses it, and can say so
    }
    if (size < MAGIC_END) {
      return null;
    }
    if (Short.toUnsignedInt(input.getShort(Integer.BYTES)) != FramePrefix.MAGIC) {
      return CALLS;
    }
    if (size < MAGIC_END + Short.BYTES) {
      return null;
    }
    int flags = Short.toUnsignedInt(input.getShort(MAGIC_END));
    if ((flags & TTHeader.STREAMING) != 0) {
      return STREAMS;
    }
    return (flags & TTHeader.OUT_OF_ORDER) != 0 ? MUX : CALLS;
  }
}
