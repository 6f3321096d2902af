package io.windhover.conformance.flood;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Frames of HTTP/2 one behind the other, right or wrong, to be sent at once.
final class Frames {

  private static final int LITERAL = 0x00; // the table stays as it is, so that each block is alike

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
  private int count;

  byte[] take() {
    var taken = bytes.toByteArray();
    bytes.reset();
    count = 0;
    return taken;
  }

  int size() {
    return bytes.size();
  }

  int count() {
    return count;
  }

  Frames preface(byte[] settings) {
    bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frame(FrameType.SETTINGS, 0, 0, settings);
    return frame(FrameType.SETTINGS, FramePrefix.ACK, 0);
  }

  Frames frame(FrameType type, int flags, int streamId, byte... payload) {
    return frame(type.code(), flags, streamId, payload);
  }

  Frames frame(int type, int flags, int streamId, byte... payload) {
    bytes.writeBytes(
        ByteBuffer.allocate(FramePrefix.BYTES)
            .putInt(payload.length << Byte.SIZE | type)
            .put((byte) flags)
            .putInt(streamId)
            .array());
    bytes.writeBytes(payload);
    count++;
    return this;
  }

  /// A request that is not whole.
  Frames head(int streamId, byte[] block) {
    return frame(FrameType.HEADERS, FramePrefix.END_HEADERS, streamId, block);
  }

  /// A whole one, of one short message.
  Frames request(int streamId, byte[] block) {
    head(streamId, block);
    return message(streamId);
  }

  Frames message(int streamId) {
    return frame(
        FrameType.DATA, FramePrefix.END_STREAM, streamId, new byte[] {0, 0, 0, 0, 1, (byte) 'x'});
  }

  static byte[] int32(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  static byte[] setting(int id, int value) {
    return ByteBuffer.allocate(Short.BYTES + Integer.BYTES)
        .putShort((short) id)
        .putInt(value)
        .array();
  }

  /// Returns the header block of a request for a method.
  static byte[] block(String method) {
    return join(
        literal(LITERAL, ":method", "POST"),
        literal(LITERAL, ":scheme", "http"),
        literal(LITERAL, ":path", "/" + FloodServer.SERVICE + "/" + method),
        literal(LITERAL, ":authority", "localhost"),
        literal(LITERAL, "content-type", "application/grpc"),
        literal(LITERAL, "te", "trailers"));
  }

  static byte[] field(String name, String value) {
    return literal(LITERAL, name, value);
  }

  /// @param first the byte that says what becomes of the field
  static byte[] literal(int first, String name, String value) {
    return join(new byte[] {(byte) first}, text(name), text(value));
  }

  /// Returns a text behind its length, an integer of a prefix of 7 bits.
  private static byte[] text(String text) {
    var out = new ByteArrayOutputStream();
    int length = text.length();
    if (length < 0x7f) {
      out.write(length);
    } else {
      out.write(0x7f);
      for (length -= 0x7f; length > 0x7f; length >>>= 7) {
        out.write(0x80 | length);
      }
      out.write(length);
    }
    out.writeBytes(text.getBytes(US_ASCII));
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
