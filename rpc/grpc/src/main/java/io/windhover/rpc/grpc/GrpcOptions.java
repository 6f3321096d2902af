package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Options;
import io.windhover.http2.hpack.HeaderLimits;

/// How gRPC is spoken.
///
/// @param http2 bounds of each connection
/// @param compression which messages are compressed, by gzip, for peers that read it; a handler may
///   [say otherwise][GrpcExchange#compress]. Those of peers are read compressed or not
public record GrpcOptions(Http2Options http2, CompressionPolicy compression) {

  /// With lists of header fields of 8 KiB at most, as gRPC's peers have it, and without
  /// compression.
  public static final GrpcOptions DEFAULT =
      new GrpcOptions(
          Http2Options.builder().headers(HeaderLimits.GRPC).build(), CompressionPolicy.NEVER);

  public GrpcOptions withHttp2(Http2Options http2) {
    return new GrpcOptions(http2, compression);
  }

  public GrpcOptions withCompression(boolean compresses) {
    return withCompression(CompressionPolicy.of(compresses));
  }

  public GrpcOptions withCompression(CompressionPolicy compression) {
    return new GrpcOptions(http2, compression);
  }
}
