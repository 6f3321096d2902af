package io.windhover.http2.frame;

import org.jspecify.annotations.Nullable;

/// What a frame is (RFC 9113, section 6).
public enum FrameType {
  DATA(0x0),
  HEADERS(0x1),
  PRIORITY(0x2),
  RST_STREAM(0x3),
  SETTINGS(0x4),
  PUSH_PROMISE(0x5),
  PING(0x6),
  GOAWAY(0x7),
  WINDOW_UPDATE(0x8),
  CONTINUATION(0x9);

  private static final FrameType[] BY_CODE = values();

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  /// Returns the type with this number; null if RFC 9113 has none, and the frame is to be ignored.
  public static @Nullable FrameType of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /// Returns the number on the wire.
  public int code() {
    return code;
  }
}
