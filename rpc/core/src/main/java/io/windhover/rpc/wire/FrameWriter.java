package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.StructCodec;

/// Writes frames in one pass: lengths are filled in at the end.
public final class FrameWriter {

  private FrameWriter() {}

  /// Returns `message` with `body` in the given envelope; the caller owns the buffer.
  ///
  /// @throws WireException if the whole is larger than the limit or a header text too long
  /// @throws io.windhover.thrift.ThriftProtocolException if the body cannot be written, such as one
  ///   that lacks a required field
  public static <T> LinkBuffer write(
      Envelope envelope, MessageHeader message, StructCodec<T> codec, T body, WireLimits limits) {
    return write(envelope, PayloadForm.PLAIN, message, codec, body, limits);
  }

  /// The same with a payload of another form, if the protocol is one of TTHeader.
  public static <T> LinkBuffer write(
      Envelope envelope,
      PayloadForm form,
      MessageHeader message,
      StructCodec<T> codec,
      T body,
      WireLimits limits) {
    var out = new LinkBuffer();
    try {
      var header = envelope.header();
      var open = header == null ? null : header.write(out, form.checksummed());
      int payload = out.size();
      switch (envelope.protocol()) {
        case BUFFERED, TTHEADER -> writeThrift(out, message, codec, body);
        case FRAMED, TTHEADER_FRAMED -> {
          var frameLength = out.reserve(Integer.BYTES);
          writeThrift(out, message, codec, body);
          frameLength.setInt(frameLength.bytesAfter());
        }
      }
      if (out.size() > limits.maxMessageBytes()) {
        throw WireException.protocolError(
            "message of %d bytes (limit: maxMessageBytes %d)"
                .formatted(out.size(), limits.maxMessageBytes()));
      }
      if (open != null) {
        open.length().setInt(open.length().bytesAfter());
        if (open.checksum() != null) {
          PayloadChecksum.set(open.checksum(), out, payload);
        }
      }
      return out;
    } catch (RuntimeException | Error e) {
      out.release();
      throw e;
    }
  }

  private static <T> void writeThrift(
      LinkBuffer out, MessageHeader message, StructCodec<T> codec, T body) {
    message.write(out);
    codec.write(body, new BinaryWriter(out));
  }
}
