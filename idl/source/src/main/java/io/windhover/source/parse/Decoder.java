package io.windhover.source.parse;

import io.windhover.source.Rule;
import io.windhover.source.SourceFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Turns the bytes of a file into text. Bytes that are not UTF-8, and NUL, are reported by their
/// offset: the first such place, since the file is probably no text at all. UTF-16, which editors
/// on Windows write, is called by its name.
public final class Decoder {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Decoder() {}

  /// @param name by which other files refer to the file
  /// @param path as messages show it
  /// @param bad the rule that what is no text breaks
  public static SourceFile decode(
      String name, String path, byte[] bytes, Rule bad, Diagnostics diagnostics) {
    Optional<Charset> wide = utf16(bytes);
    if (wide.isPresent()) {
      var file = new SourceFile(name, path, new String(bytes, wide.get()));
      diagnostics.report(bad, file.span(0, 0), "this is UTF-16", "save the file as UTF-8");
      return file;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.mismatch(ByteBuffer.wrap(BYTE_ORDER_MARK)) == BYTE_ORDER_MARK.length
        || in.equals(ByteBuffer.wrap(BYTE_ORDER_MARK))) {
      in.position(BYTE_ORDER_MARK.length);
    }
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String good = out.flip().toString();
    if (result.isError()) {
      int offset = in.position();
      String rest = new String(bytes, offset, bytes.length - offset, StandardCharsets.UTF_8);
      var file = new SourceFile(name, path, good + rest);
      diagnostics.report(
          bad,
          file.span(good.length(), good.length() + 1),
          "not UTF-8: byte 0x%02X at offset %d".formatted(bytes[offset], offset),
          "save the file as UTF-8");
      return file;
    }
    var file = new SourceFile(name, path, good);
    int nul = good.indexOf('\0');
    if (nul >= 0) {
      int offset = bytes.length - good.substring(nul).getBytes(StandardCharsets.UTF_8).length;
      diagnostics.report(bad, file.span(nul, nul + 1), "NUL byte at offset " + offset);
    }
    return file;
  }

  /// The kind of UTF-16 that a text begins like, by its mark or by its first character, which is of
  /// ASCII in every IDL but those that begin with a comment in another script.
  private static Optional<Charset> utf16(byte[] bytes) {
    if (bytes.length < 2) {
      return Optional.empty();
    }
    int first = Byte.toUnsignedInt(bytes[0]);
    int second = Byte.toUnsignedInt(bytes[1]);
    if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
      return Optional.of(StandardCharsets.UTF_16); // which leaves the mark out
    }
    if (first == 0 && second != 0) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return first != 0 && second == 0 ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
  }
}
