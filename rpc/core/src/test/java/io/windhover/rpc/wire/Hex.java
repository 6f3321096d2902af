package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import java.util.HexFormat;

/// Bytes as tables write them: hex, spaced as the format's fields.
final class Hex {

  private Hex() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  static LinkBuffer buffer(String hex) {
    return LinkBuffer.wrap(bytes(hex));
  }

  /// Returns all that is in `buffer`, and releases it.
  static String of(LinkBuffer buffer) {
    try (buffer) {
      var bytes = new byte[buffer.size()];
      buffer.readBytes(bytes, 0, bytes.length);
      return HexFormat.of().formatHex(bytes);
    }
  }

  /// Returns `hex` without its spaces.
  static String plain(String hex) {
    return HexFormat.of().formatHex(bytes(hex));
  }
}
