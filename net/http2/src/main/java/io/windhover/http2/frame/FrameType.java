package io.windhover.http2.frame;

import org.jspecify.annotations.Nullable;

/// What a frame is (RFC 9113, section 6).
public enum FrameType {
  DATA,
  HEADERS,
  PRIORITY,
  RST_STREAM,
  SETTINGS,
  PUSH_PROMISE,
  PING,
  GOAWAY,
  WINDOW_UPDATE,
  CONTINUATION;

  private static final FrameType[] BY_CODE = values();

  /// Returns the type with this number; null if RFC 9113 has none, and the frame is to be ignored.
  public static @Nullable FrameType of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /// Returns the number on the wire.
  public int code() {
    return ordinal();
  }
}
