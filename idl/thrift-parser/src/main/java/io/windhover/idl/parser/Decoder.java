package io.windhover.idl.parser;

import io.windhover.idl.source.Rule;
import io.windhover.idl.source.SourceFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Turns the bytes of a file into text. Bytes that are not UTF-8, and NUL, are reported by their
/// offset: the first such place, since the file is probably no text at all.
final class Decoder {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Decoder() {}

  static SourceFile decode(String path, byte[] bytes, Diagnostics diagnostics) {
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
      var file = new SourceFile(path, good + rest);
      diagnostics.report(
          Rule.BAD_ENCODING,
          file.span(good.length(), good.length() + 1),
          "not UTF-8: byte 0x%02X at offset %d".formatted(bytes[offset], offset),
          "save the file as UTF-8");
      return file;
    }
    var file = new SourceFile(path, good);
    int nul = good.indexOf('\0');
    if (nul >= 0) {
      int offset = bytes.length - good.substring(nul).getBytes(StandardCharsets.UTF_8).length;
      diagnostics.report(
          Rule.BAD_ENCODING, file.span(nul, nul + 1), "NUL byte at offset " + offset);
    }
    return file;
  }
}
