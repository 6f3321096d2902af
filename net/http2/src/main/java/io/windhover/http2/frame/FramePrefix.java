package io.windhover.http2.frame;

import io.windhover.buffer.LinkBuffer;

/// The nine bytes that open every frame (RFC 9113, section 4.1).
///
/// ```
///  byte 0       1       2       3       4
///      +-----------------------+-------+-------+
///    0 |        length         | type  | flags |
///      +-----------------------+-------+-------+
///    5 |R|      stream id              |          R: ignored
///      +-------------------------------+
/// ```
///
/// @param length bytes of what follows the prefix, 0 to [#MAX_LENGTH]
/// @param type 0 to 255; see [FrameType]
/// @param flags 0 to 255, whose meaning is the type's
/// @param streamId 0 for the connection itself
public record FramePrefix(int length, int type, int flags, int streamId) {

  /// The prefix's own.
  public static final int BYTES = 9;

  /// What a peer may send before it was allowed more, and must always take.
  public static final int DEFAULT_MAX_LENGTH = 1 << 14;

  public static final int MAX_LENGTH = (1 << 24) - 1;

  public static final int END_STREAM = 0x1;
  public static final int ACK = 0x1;
  public static final int END_HEADERS = 0x4;
  public static final int PADDED = 0x8;
  public static final int PRIORITY = 0x20;

  private static final int STREAM_ID_MASK = Integer.MAX_VALUE;
  private static final int UINT8_MAX = 0xff;

  public FramePrefix {
    if (length < 0 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("length: " + length + " (expected: 0..2^24-1)");
    }
    if ((type & ~UINT8_MAX) != 0 || (flags & ~UINT8_MAX) != 0 || streamId < 0) {
      throw new IllegalArgumentException(
          "type %d, flags %d or stream id %d out of range".formatted(type, flags, streamId));
    }
  }

  /// Finds the end of the frame at the head of `input`, without consuming anything.
  ///
  /// @param maxLength of what follows the prefix
  /// @return bytes of the whole frame, the prefix's among them; 0 if not all of it is there
  /// @throws Http2Exception FRAME_SIZE_ERROR if it is longer, as soon as its length is there
  public static int frameBytes(LinkBuffer input, int maxLength) {
    int size = input.size();
    if (size < Integer.BYTES) {
      return 0;
    }
    int length = input.getInt(0) >>> Byte.SIZE;
    if (length > maxLength) {
      throw Http2Exception.ofConnection(
          ErrorCode.FRAME_SIZE_ERROR,
          "frame length: %d (expected: at most %d)".formatted(length, maxLength));
    }
    return size - BYTES >= length ? BYTES + length : 0;
  }

  /// Reads one prefix and advances `in` by [#BYTES].
  public static FramePrefix read(LinkBuffer in) {
    int lengthAndType = in.readInt();
    int flags = Byte.toUnsignedInt(in.readByte());
    int streamId = in.readInt() & STREAM_ID_MASK;
    return new FramePrefix(lengthAndType >>> Byte.SIZE, lengthAndType & UINT8_MAX, flags, streamId);
  }

  /// Appends a prefix: the inverse of [#read], without a record for each frame that is sent.
  public static void write(LinkBuffer out, int length, FrameType type, int flags, int streamId) {
    out.writeInt(length << Byte.SIZE | type.code());
    out.writeByte(flags);
    out.writeInt(streamId);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
