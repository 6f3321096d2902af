package io.windhover.rpc.protobuf;

import io.windhover.buffer.LinkBuffer;
import java.util.HexFormat;

/// Buffers for tests.
final class Bytes {

  private Bytes() {}

  /// @param hex with spaces
  static LinkBuffer of(String hex) {
    return LinkBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /// The same bytes, each in a node of its own.
  static LinkBuffer split(byte[] bytes) {
    var split = new LinkBuffer();
    for (byte one : bytes) {
      split.append(LinkBuffer.wrap(new byte[] {one}));
    }
    return split;
  }

  /// Returns what is left in a buffer, and consumes it.
  static byte[] all(LinkBuffer buffer) {
    byte[] bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }

  static String hex(LinkBuffer buffer) {
    return HexFormat.of().formatHex(all(buffer));
  }

  static String compact(String hex) {
    return hex.replace(" ", "");
  }
}
