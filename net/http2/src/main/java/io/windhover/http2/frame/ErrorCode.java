package io.windhover.http2.frame;

/// Why a stream or a connection ends (RFC 9113, section 7).
public enum ErrorCode {
  /// No error: the end is in order.
  NO_ERROR,
  PROTOCOL_ERROR,
  INTERNAL_ERROR,
  FLOW_CONTROL_ERROR,
  SETTINGS_TIMEOUT,
  STREAM_CLOSED,
  FRAME_SIZE_ERROR,
  /// Nothing of the stream was processed: it may be sent again, elsewhere.
  REFUSED_STREAM,
  /// Who asked needs the answer no more.
  CANCEL,
  COMPRESSION_ERROR,
  CONNECT_ERROR,
  /// The peer makes too much work.
  ENHANCE_YOUR_CALM,
  INADEQUATE_SECURITY,
  HTTP_1_1_REQUIRED;

  private static final ErrorCode[] BY_CODE = values();

  /// Returns the error with this number; [#INTERNAL_ERROR] if it is none of RFC 9113's.
  public static ErrorCode of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : INTERNAL_ERROR;
  }

  /// Returns the number on the wire.
  public int code() {
    return ordinal();
  }
}
