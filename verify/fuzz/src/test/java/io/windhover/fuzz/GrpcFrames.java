package io.windhover.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import java.util.List;
import java.util.function.Consumer;

/// The frames of a request or a response of gRPC, and the header fields that an input has for them.
final class GrpcFrames {

  private GrpcFrames() {}

  /// Reads header fields up to a zero: a byte for the name and one for the length before each.
  ///
  /// @param names what the byte for the name chooses from
  /// @return where the next part begins
  static int readFields(byte[] input, int from, List<String> names, Consumer<HeaderField> out) {
    int at = from;
    while (at + 1 < input.length && input[at] != 0) {
      var name = names.get((input[at] & 0xff) % names.size());
      int begin = at + 2;
      at = Math.min(begin + (input[at + 1] & 0xff), input.length);
      out.accept(new HeaderField(name, new String(input, begin, at - begin, ISO_8859_1)));
    }
    return Math.min(at + 1, input.length);
  }

  /// Writes one HEADERS frame.
  ///
  /// @param flags besides END_HEADERS
  static void writeHeaders(
      LinkBuffer out, int streamId, HeaderEncoder encoder, List<HeaderField> fields, int flags) {
    try (var block = new LinkBuffer()) {
      encoder.encode(fields, block);
      int all = FramePrefix.END_HEADERS | flags;
      FramePrefix.write(out, block.size(), FrameType.HEADERS, all, streamId);
      out.append(block);
    }
  }

  /// Writes DATA frames: one without bytes if there is no data.
  ///
  /// @param piece how many bytes of data a frame has at most
  static void writeData(LinkBuffer out, int streamId, byte[] data, int piece, int flagsOfLast) {
    int from = 0;
    do {
      int count = Math.min(piece, data.length - from);
      int flags = from + count == data.length ? flagsOfLast : 0;
      FramePrefix.write(out, count, FrameType.DATA, flags, streamId);
      out.writeBytes(data, from, count);
      from += count;
    } while (from < data.length);
  }

  /// Consumes all that is in `buffer`.
  static byte[] bytes(LinkBuffer buffer) {
    var bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }
}
