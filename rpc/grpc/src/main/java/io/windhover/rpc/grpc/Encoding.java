package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.Compression;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.wire.Compressor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// How messages are compressed, as `grpc-encoding` says.
final class Encoding {

  /// To a mebibyte a message may become everything, beyond that 100 times its size.
  private static final int FREE_BYTES = 1 << 20;

  static final Encoding IDENTITY = new Encoding("identity", null);

  static final Encoding GZIP = new Encoding("gzip", Compressor.of(Compression.GZIP, FREE_BYTES));

  private final String text;
  private final HeaderField field;
  private final @Nullable Compressor compressor; // null: as they are
  private final ExpansionLimit requestLimit;

  private Encoding(String text, @Nullable Compressor compressor) {
    this.text = text;
    this.field = new HeaderField("grpc-encoding", text);
    this.compressor = compressor;
    this.requestLimit = compressor == null ? bytes -> bytes : compressor::maxBytes;
  }

  /// Returns one of the user's.
  static Encoding of(MessageEncoding given) {
    var streams =
        new Compressor.Streams() {
          @Override
          public OutputStream compressing(OutputStream out) throws IOException {
            return given.compressing(out);
          }

          @Override
          public InputStream decompressing(InputStream in) throws IOException {
            return given.decompressing(in);
          }
        };
    return new Encoding(given.name(), new Compressor(streams, FREE_BYTES));
  }

  /// Whether a `grpc-accept-encoding` has this one.
  boolean isIn(String accepted) {
    for (var name : accepted.split(",", -1)) {
      if (name.strip().equals(text)) {
        return true;
      }
    }
    return false;
  }

  /// Returns what header fields call it.
  String text() {
    return text;
  }

  /// Returns the header field that announces it.
  HeaderField field() {
    return field;
  }

  /// Returns what a request may become: of few bytes not very many.
  ExpansionLimit requestLimit() {
    return requestLimit;
  }

  /// Returns a message compressed, for the caller to release; null if it would gain nothing, or
  /// become more than a reader takes.
  ///
  /// @param message stays as it is
  /// @throws MalformedMessageException if it cannot be compressed, by an encoding of the user's
  @Nullable LinkBuffer compressed(LinkBuffer message) {
    return compressor == null ? null : compressor.compressed(message);
  }

  /// Returns what a message was before it was compressed, for the caller to release. It is bounded
  /// while it is made: no more is kept than may be.
  ///
  /// @param compressed the caller's to release
  /// @param mostBytes that it may become
  /// @throws GrpcException if it becomes too large
  /// @throws MalformedMessageException if it was not compressed so
  LinkBuffer decompressed(LinkBuffer compressed, long mostBytes) {
    if (compressor == null) {
      throw new MalformedMessageException("a compressed message without a grpc-encoding");
    }
    LinkBuffer plain;
    try {
      plain = compressor.decompressed(compressed, mostBytes);
    } catch (MalformedMessageException e) {
      throw new MalformedMessageException(
          "a message that is no %s: %s".formatted(text, e.getMessage()));
    }
    if (plain == null) {
      throw new GrpcException(
          GrpcCode.RESOURCE_EXHAUSTED,
          "a message of more than %d bytes once decompressed".formatted(mostBytes));
    }
    return plain;
  }
}
