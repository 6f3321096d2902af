package io.windhover.http2.frame;

/// One parameter of a SETTINGS frame (RFC 9113, section 6.5): 16 bits of id, 32 of value.
///
/// @param id [#HEADER_TABLE_SIZE] and the like; ids that nobody knows are legal and ignored
/// @param value unsigned
public record Setting(int id, int value) {

  /// Bytes of a compression table that the sender keeps for the receiver's header blocks.
  public static final int HEADER_TABLE_SIZE = 0x1;

  /// Whether the receiver may push; 0 or 1.
  public static final int ENABLE_PUSH = 0x2;

  /// Streams that the receiver may have open.
  public static final int MAX_CONCURRENT_STREAMS = 0x3;

  /// Bytes that the receiver may send on a new stream before it is allowed more.
  public static final int INITIAL_WINDOW_SIZE = 0x4;

  /// Of a frame's payload.
  public static final int MAX_FRAME_SIZE = 0x5;

  /// Bytes of all names and values of a header list, and 32 for each field.
  public static final int MAX_HEADER_LIST_SIZE = 0x6;

  static final int BYTES = Short.BYTES + Integer.BYTES;

  /// @throws Http2Exception if the value is not one that the parameter may have
  public Setting {
    switch (id) {
      case ENABLE_PUSH -> {
        if (value != 0 && value != 1) {
          throw illegal(ErrorCode.PROTOCOL_ERROR, "ENABLE_PUSH", value, "0 or 1");
        }
      }
      case INITIAL_WINDOW_SIZE -> {
        if (value < 0) {
          throw illegal(ErrorCode.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE", value, "0..2^31-1");
        }
      }
      case MAX_FRAME_SIZE -> {
        if (value < FramePrefix.DEFAULT_MAX_LENGTH || value > FramePrefix.MAX_LENGTH) {
          throw illegal(ErrorCode.PROTOCOL_ERROR, "MAX_FRAME_SIZE", value, "2^14..2^24-1");
        }
      }
      default -> {} // any value is legal, and so is any id
    }
  }

  private static Http2Exception illegal(ErrorCode code, String name, int value, String expected) {
    return Http2Exception.ofConnection(
        code, "%s: %s (expected: %s)".formatted(name, Integer.toUnsignedString(value), expected));
  }

  /// Returns the value, and the largest int if it is larger.
  public int clampedValue() {
    return value < 0 ? Integer.MAX_VALUE : value;
  }
}
