package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Options;
import io.windhover.http2.hpack.HeaderLimits;
import java.util.List;

/// How gRPC is spoken.
///
/// @param http2 bounds of each connection
/// @param compression which messages are compressed, for peers that read that; a handler may [say
///   otherwise][GrpcExchange#compress]. Those of peers are read compressed or not
/// @param encodings by which they may be compressed beside gzip; of those that a peer reads, the
///   first one is taken, and gzip after all of them
public record GrpcOptions(
    Http2Options http2, CompressionPolicy compression, List<MessageEncoding> encodings) {

  /// With lists of header fields of 8 KiB at most, as gRPC's peers have it, and without
  /// compression.
  public static final GrpcOptions DEFAULT =
      new GrpcOptions(
          Http2Options.builder().headers(HeaderLimits.GRPC).build(),
          CompressionPolicy.NEVER,
          List.of());

  public GrpcOptions {
    encodings = List.copyOf(encodings);
  }

  public GrpcOptions withHttp2(Http2Options http2) {
    return new GrpcOptions(http2, compression, encodings);
  }

  public GrpcOptions withCompression(boolean compresses) {
    return withCompression(CompressionPolicy.of(compresses));
  }

  public GrpcOptions withCompression(CompressionPolicy compression) {
    return new GrpcOptions(http2, compression, encodings);
  }

  /// With one encoding more, behind those before.
  ///
  /// @throws IllegalArgumentException if its name is none, or taken
  public GrpcOptions withEncoding(MessageEncoding encoding) {
    return new GrpcOptions(http2, compression, Encodings.with(encodings, encoding));
  }
}
