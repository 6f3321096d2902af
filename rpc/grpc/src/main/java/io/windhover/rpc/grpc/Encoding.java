package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Compression;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.wire.Compressor;
import org.jspecify.annotations.Nullable;

/// How messages are compressed, as `grpc-encoding` says.
enum Encoding {
  IDENTITY("identity"),
  GZIP("gzip");

  /// The value of `grpc-accept-encoding`: all that is read here.
  static final String ACCEPTED = "identity,gzip";

  private static final int FREE_BYTES = 1 << 20;

  /// What a message may become: to a mebibyte everything, beyond that to 100 times its size.
  private static final Compressor GZIPPED = new Compressor(Compression.GZIP, FREE_BYTES);

  private final String text;

  Encoding(String text) {
    this.text = text;
  }

  /// Returns what a `grpc-encoding` says; null if it is not read here.
  static @Nullable Encoding read(String text) {
    return switch (text) {
      case "identity" -> IDENTITY;
      case "gzip" -> GZIP;
      default -> null;
    };
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

  /// Returns the value of the header field.
  String text() {
    return text;
  }

  /// Returns a message compressed by gzip, for the caller to release; null if it would gain
  /// nothing, or become more than a reader takes.
  ///
  /// @param message stays as it is
  static @Nullable LinkBuffer compressed(LinkBuffer message) {
    return GZIPPED.compressed(message);
  }

  /// Returns what a message was before gzip compressed it, for the caller to release. It is bounded
  /// while it is made: no more is kept than may be.
  ///
  /// @param compressed the caller's to release
  /// @throws GrpcException if it becomes too large
  /// @throws MalformedMessageException if gzip has not made it
  static LinkBuffer decompressed(LinkBuffer compressed, int maxBytes) {
    long most = Math.min(maxBytes, GZIPPED.maxBytes(compressed.size()));
    LinkBuffer plain;
    try {
      plain = GZIPPED.decompressed(compressed, most);
    } catch (MalformedMessageException e) {
      throw new MalformedMessageException("a message that is no gzip: " + e.getMessage());
    }
    if (plain == null) {
      throw new GrpcException(
          GrpcCode.RESOURCE_EXHAUSTED,
          "a message of more than %d bytes once decompressed".formatted(most));
    }
    return plain;
  }
}
