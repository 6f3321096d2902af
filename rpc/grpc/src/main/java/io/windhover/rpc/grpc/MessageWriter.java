package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MessageCodec;

/// Writes messages as they lie in the data of a stream.
///
/// ```
///   byte 0            1       2       3       4       5
///      +-------+-------+-------+-------+-------+------ ...
///      | flag  |            length             |  message
///      +-------+-------+-------+-------+-------+------ ...
/// ```
///
/// The flag is 1 if the message is compressed, 0 if not. The length is unsigned and counts what
/// follows it.
///
/// @param maxBytes of a message, compressed or not
record MessageWriter(MessageCodec<Object> codec, int maxBytes) {

  static final int PREFIX_BYTES = 5;

  static final int PLAIN = 0;
  static final int COMPRESSED = 1;

  /// Appends a message behind its prefix. It is written where it is to stay; compressed, it is
  /// written once more, unless that gains nothing, or makes of it what readers refuse.
  ///
  /// @param encoding of this message
  /// @param out of no use if this throws
  /// @throws GrpcException if it is too large
  /// @throws io.windhover.rpc.codec.MalformedMessageException if it cannot be written, or
  ///   compressed
  void write(Object message, Encoding encoding, LinkBuffer out) {
    if (encoding == Encoding.IDENTITY) {
      out.writeByte(PLAIN);
      var length = out.reserve(Integer.BYTES);
      codec.write(message, out);
      length.setInt(checked(length.bytesAfter()));
    } else {
      writeCompressed(message, encoding, out);
    }
  }

  private void writeCompressed(Object message, Encoding encoding, LinkBuffer out) {
    try (var plain = new LinkBuffer()) {
      codec.write(message, plain);
      checked(plain.size());
      try (var compressed = encoding.compressed(plain)) {
        out.writeByte(compressed == null ? PLAIN : COMPRESSED);
        var body = compressed == null ? plain : compressed;
        out.writeInt(body.size());
        out.append(body);
      }
    }
  }

  private int checked(int bytes) {
    if (bytes > maxBytes) {
      throw new GrpcException(
          GrpcCode.RESOURCE_EXHAUSTED,
          "a message of %d bytes is to be sent (limit: maxMessageBytes %d)"
              .formatted(bytes, maxBytes));
    }
    return bytes;
  }
}
