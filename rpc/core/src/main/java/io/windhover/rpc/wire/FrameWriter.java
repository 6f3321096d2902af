package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Protocol;
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
      if (header == null) {
        writePayload(envelope.protocol(), message, codec, body, out);
      } else if (form.compression() == null) {
        var open = header.write(out, form.checksummed());
        int start = out.size();
        writePayload(envelope.protocol(), message, codec, body, out);
        close(open, out, start);
      } else {
        try (var payload = new LinkBuffer()) {
          writePayload(envelope.protocol(), message, codec, body, payload);
          checkSize(payload, limits);
          writeCompressed(header, form, payload, out);
        }
      }
      checkSize(out, limits);
      return out;
    } catch (RuntimeException | Error e) {
      out.release();
      throw e;
    }
  }

  /// Returns `message` with `body` and nothing around it; the caller owns the buffer. Throws as
  /// [#write] does.
  public static <T> LinkBuffer writeBare(
      MessageHeader message, StructCodec<T> codec, T body, WireLimits limits) {
    return write(new Envelope(Protocol.BUFFERED, null), message, codec, body, limits);
  }

  /// Returns a payload that a codec of others has written in the given envelope; the caller owns
  /// the buffer.
  ///
  /// @param payload moved there
  static LinkBuffer wrap(
      Envelope envelope, PayloadForm form, LinkBuffer payload, WireLimits limits) {
    checkSize(payload, limits);
    var out = new LinkBuffer();
    try (var framed = new LinkBuffer()) {
      switch (envelope.protocol()) {
        case BUFFERED, TTHEADER -> {}
        case FRAMED, TTHEADER_FRAMED -> framed.writeInt(payload.size());
      }
      framed.append(payload);
      var header = envelope.header();
      if (header == null) {
        out.append(framed);
      } else {
        writeCompressed(header, form, framed, out);
      }
      checkSize(out, limits);
      return out;
    } catch (RuntimeException | Error e) {
      out.release();
      throw e;
    }
  }

  private static <T> void writePayload(
      Protocol protocol, MessageHeader message, StructCodec<T> codec, T body, LinkBuffer out) {
    switch (protocol) {
      case BUFFERED, TTHEADER -> writeThrift(out, message, codec, body);
      case FRAMED, TTHEADER_FRAMED -> {
        var frameLength = out.reserve(Integer.BYTES);
        writeThrift(out, message, codec, body);
        frameLength.setInt(frameLength.bytesAfter());
      }
    }
  }

  /// Writes a payload compressed, if it is large enough and that makes it smaller.
  private static void writeCompressed(
      TTHeader header, PayloadForm form, LinkBuffer payload, LinkBuffer out) {
    var compression = form.compression();
    try (var compressed =
        compression == null || payload.size() <= form.compressAbove()
            ? null
            : PayloadCompression.compressed(payload, compression)) {
      var told =
          compression == null || compressed == null
              ? header
              : header.with(HeaderKey.ENCODING, PayloadCompression.name(compression));
      var open = told.write(out, form.checksummed());
      int start = out.size();
      out.append(compressed == null ? payload : compressed);
      close(open, out, start);
    }
  }

  /// Fills in what the header has left open.
  private static void close(TTHeader.Open open, LinkBuffer out, int payloadStart) {
    open.length().setInt(open.length().bytesAfter());
    if (open.checksum() != null) {
      PayloadChecksum.set(open.checksum(), out, payloadStart);
    }
  }

  private static void checkSize(LinkBuffer out, WireLimits limits) {
    if (out.size() > limits.maxMessageBytes()) {
      throw WireException.tooLarge(
          "message of %d bytes (limit: maxMessageBytes %d)"
              .formatted(out.size(), limits.maxMessageBytes()));
    }
  }

  private static <T> void writeThrift(
      LinkBuffer out, MessageHeader message, StructCodec<T> codec, T body) {
    message.write(out);
    codec.write(body, new BinaryWriter(out));
  }
}
