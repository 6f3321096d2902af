package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;

/// The fixed 14 bytes that open every TTHeader frame.
///
/// ```
///  byte 0       1       2       3
///      +-------+-------+-------+-------+
///    0 |            length             |  bytes after this field: header + payload
///      +---------------+---------------+
///    4 | magic 0x1000  |     flags     |
///      +---------------+---------------+
///    8 |          sequence id          |  pairs a reply with its request
///      +---------------+---------------+
///   12 | header words  | header ...    |  1 word = 4 bytes, zero-padded
///      +---------------+               +
///      |           ... payload         |
///      +-------------------------------+
/// ```
///
/// Integers are big-endian. Source: cloudwego/gopkg, `protocol/ttheader`; `docs/wire/ttheader.md`.
///
/// @param length bytes of the frame after the length field; [TTHeader] has the flags
record FramePrefix(int length, int sequenceId, int headerBytes) {

  static final int BYTES = 14;
  static final int MAGIC = 0x1000;
  static final int WORD = 4;
  static final int FLAGS_OFFSET = 6;
  static final int SEQUENCE_ID_OFFSET = 8;
  static final int WORDS_OFFSET = 12;

  private static final int MIN_LENGTH = BYTES - Integer.BYTES + WORD; // a header is never empty

  FramePrefix {
    if (length < MIN_LENGTH) {
      throw WireException.protocolError(
          "TTHeader length: %d (expected: at least %d)"
              .formatted(Integer.toUnsignedLong(length), MIN_LENGTH));
    }
    if (headerBytes < WORD) {
      throw WireException.protocolError("TTHeader header bytes: 0 (expected: at least 4)");
    }
    if (payloadBytes(length, headerBytes) < 0) {
      throw WireException.protocolError(
          "TTHeader header bytes: %d in a frame of %d, payload length negative"
              .formatted(headerBytes, length));
    }
  }

  /// Looks at the prefix at the head of `in` without consuming it.
  ///
  /// @param in at least [#BYTES] readable bytes, the magic among them already seen
  /// @throws WireException if a length is out of range
  static FramePrefix peek(LinkBuffer in, WireLimits limits) {
    int length = in.getInt(0);
    long frameBytes = Integer.BYTES + Integer.toUnsignedLong(length);
    if (frameBytes > limits.maxMessageBytes()) {
      throw WireException.tooLarge(
          "TTHeader frame of %d bytes (limit: maxMessageBytes %d)"
              .formatted(frameBytes, limits.maxMessageBytes()));
    }
    int headerBytes = Short.toUnsignedInt(in.getShort(WORDS_OFFSET)) * WORD;
    if (headerBytes > limits.maxHeaderBytes()) {
      throw WireException.protocolError(
          "TTHeader header bytes: %d (limit: %d)".formatted(headerBytes, limits.maxHeaderBytes()));
    }
    return new FramePrefix(length, in.getInt(SEQUENCE_ID_OFFSET), headerBytes);
  }

  /// Bytes of the whole frame, the length field included.
  int frameBytes() {
    return length + Integer.BYTES;
  }

  private static int payloadBytes(int length, int headerBytes) {
    return length + Integer.BYTES - BYTES - headerBytes;
  }
}
