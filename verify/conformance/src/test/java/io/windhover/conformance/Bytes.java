package io.windhover.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Hand-made bytes: as hex, spaced as the format's fields, and in the envelopes of the protocols.
final class Bytes {

  /// The header area of a TTHeader frame that says nothing.
  static final String EMPTY_HEADER = "0001 0000 0000";

  private static final int CALL = 1;

  private Bytes() {}

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] repeat(String hex, int times) {
    var once = hex(hex);
    var out = ByteBuffer.allocate(once.length * times);
    while (out.hasRemaining()) {
      out.put(once);
    }
    return out.array();
  }

  /// A call with sequence id 1 and the arguments struct `argumentsHex`, its stop byte included.
  static byte[] call(String method, String argumentsHex) {
    return call(method, hex(argumentsHex));
  }

  static byte[] call(String method, byte[]... arguments) {
    return message(CALL, method, 1, join(arguments));
  }

  static byte[] message(int type, String method, int sequenceId, byte[] struct) {
    var name = ascii(method);
    return ByteBuffer.allocate(12 + name.length + struct.length)
        .putInt(0x80010000 | type)
        .putInt(name.length)
        .put(name)
        .putInt(sequenceId)
        .put(struct)
        .array();
  }

  static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
  }

  /// A TTHeader frame with sequence id 1.
  ///
  /// @param headerHex the header area, its size in words first
  static byte[] ttheader(String headerHex, byte[] payload) {
    var header = hex(headerHex);
    return ByteBuffer.allocate(12 + header.length + payload.length)
        .putInt(8 + header.length + payload.length)
        .putInt(0x10000000)
        .putInt(1)
        .put(header)
        .put(payload)
        .array();
  }
}
