package io.windhover.netpoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.buffer.LinkBuffer;
import java.nio.ByteBuffer;

/// The frames of these tests: four bytes of length, then so many bytes.
final class Frames {

  static final int MAX_BODY = 64 << 20;

  private Frames() {}

  static LinkBuffer of(String body) {
    return of(body.getBytes(UTF_8));
  }

  static LinkBuffer of(byte[] body) {
    var frame = new LinkBuffer();
    frame.writeInt(body.length);
    frame.writeBytes(body, 0, body.length);
    return frame;
  }

  static byte[] bytes(String body) {
    return bytes(body.getBytes(UTF_8));
  }

  static byte[] bytes(byte[] body) {
    return ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body).array();
  }

  static int size(LinkBuffer input) {
    if (input.size() < Integer.BYTES) {
      return 0;
    }
    int body = input.getInt(0);
    if (body < 0 || body > MAX_BODY) {
      throw new IllegalArgumentException("body: " + body);
    }
    return body > input.size() - Integer.BYTES ? 0 : Integer.BYTES + body;
  }

  /// Reads and releases a frame.
  static byte[] body(LinkBuffer frame) {
    try (frame) {
      byte[] body = new byte[frame.readInt()];
      frame.readBytes(body, 0, body.length);
      return body;
    }
  }

  static String text(LinkBuffer frame) {
    return new String(body(frame), UTF_8);
  }
}
