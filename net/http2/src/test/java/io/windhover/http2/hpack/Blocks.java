package io.windhover.http2.hpack;

import io.windhover.buffer.LinkBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Header blocks as arrays, for tests.
final class Blocks {

  private Blocks() {}

  /// @param isWithinLimits what the decoder has returned
  record Decoded(List<HeaderField> fields, boolean isWithinLimits) {}

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static Decoded decode(HeaderDecoder decoder, byte[] block) {
    try (var buffer = LinkBuffer.wrap(block)) {
      return decode(decoder, buffer);
    }
  }

  /// The same from a buffer that has each byte in a node of its own.
  static Decoded decodeByBytes(HeaderDecoder decoder, byte[] block) {
    try (var buffer = new LinkBuffer()) {
      for (byte one : block) {
        buffer.append(LinkBuffer.wrap(new byte[] {one}));
      }
      return decode(decoder, buffer);
    }
  }

  private static Decoded decode(HeaderDecoder decoder, LinkBuffer buffer) {
    var fields = new ArrayList<HeaderField>();
    boolean isWithinLimits = decoder.decode(buffer, buffer.size(), fields::add);
    return new Decoded(fields, isWithinLimits);
  }

  static List<HeaderField> fields(HeaderDecoder decoder, String hex) {
    return decode(decoder, hex(hex)).fields();
  }

  static byte[] encode(HeaderEncoder encoder, List<HeaderField> fields) {
    try (var out = new LinkBuffer()) {
      encoder.encode(fields, out);
      return content(out);
    }
  }

  static String encodeToHex(HeaderEncoder encoder, HeaderField... fields) {
    return HexFormat.of().formatHex(encode(encoder, Arrays.asList(fields)));
  }

  static byte[] content(LinkBuffer buffer) {
    var bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }
}
