package io.windhover.http2.frame;

/// Why a stream or a connection ends (RFC 9113, section 7).
public enum ErrorCode {
  /// No error: the end is in order.
  NO_ERROR(0x0),
  PROTOCOL_ERROR(0x1),
  INTERNAL_ERROR(0x2),
  FLOW_CONTROL_ERROR(0x3),
  SETTINGS_TIMEOUT(0x4),
  STREAM_CLOSED(0x5),
  FRAME_SIZE_ERROR(0x6),
  /// Nothing of the stream was processed: it may be sent again, elsewhere.
  REFUSED_STREAM(0x7),
  /// Who asked needs the answer no more.
  CANCEL(0x8),
  COMPRESSION_ERROR(0x9),
  CONNECT_ERROR(0xa),
  /// The peer makes too much work.
  ENHANCE_YOUR_CALM(0xb),
  INADEQUATE_SECURITY(0xc),
  HTTP_1_1_REQUIRED(0xd);

  private static final ErrorCode[] BY_CODE = values();

  private final int code;

  ErrorCode(int code) {
    this.code = code;
  }

  /// Returns the error with this number; [#INTERNAL_ERROR] if it is none of RFC 9113's.
  public static ErrorCode of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : INTERNAL_ERROR;
  }

  /// Returns the number on the wire.
  public int code() {
    return code;
  }
}
