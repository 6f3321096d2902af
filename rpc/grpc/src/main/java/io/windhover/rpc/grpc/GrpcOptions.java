package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Options;
import io.windhover.http2.hpack.HeaderLimits;

/// How gRPC is spoken.
///
/// @param http2 bounds of each connection
/// @param compresses whether messages are compressed, by gzip, for peers that read it; those of
///   peers are read compressed or not
public record GrpcOptions(Http2Options http2, boolean compresses) {

  /// With lists of header fields of 8 KiB at most, as gRPC's peers have it, and without
  /// compression.
  public static final GrpcOptions DEFAULT =
      new GrpcOptions(Http2Options.builder().headers(HeaderLimits.GRPC).build(), false);

  public GrpcOptions withHttp2(Http2Options http2) {
    return new GrpcOptions(http2, compresses);
  }

  public GrpcOptions withCompression(boolean compresses) {
    return new GrpcOptions(http2, compresses);
  }
}
