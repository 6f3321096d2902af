package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Options;
import io.windhover.http2.hpack.HeaderLimits;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a client speaks gRPC. What is for all protocols, such as timeouts, sizes and TLS, is the
/// client's own to say.
///
/// @param http2 bounds of its connections, and keepalive
/// @param compression which requests are compressed; replies are read compressed or not
/// @param encodings that are read beside gzip; requests are compressed by the first one, or by gzip
///   if there is none
/// @param authority whom requests are for; null for the host and port of the server's address
/// @param userAgent what servers see of this client
public record GrpcClientOptions(
    Http2Options http2,
    CompressionPolicy compression,
    List<MessageEncoding> encodings,
    @Nullable String authority,
    String userAgent) {

  /// With lists of header fields of 8 KiB at most, as gRPC's peers have it, without keepalive and
  /// without compression; `windhover/<version>` as the name.
  public static final GrpcClientOptions DEFAULT =
      new GrpcClientOptions(
          Http2Options.builder().headers(HeaderLimits.GRPC).build(),
          CompressionPolicy.NEVER,
          List.of(),
          null,
          ownName());

  public GrpcClientOptions {
    encodings = List.copyOf(encodings);
    if (authority != null) {
      requireText("authority", authority);
    }
    requireText("userAgent", userAgent);
  }

  /// The version is that of the module; on the class path there is none.
  private static String ownName() {
    return Optional.ofNullable(GrpcClientOptions.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .map("windhover/"::concat)
        .orElse("windhover");
  }

  private static void requireText(String name, String value) {
    if (value.isEmpty() || !MetadataFields.isValue(value)) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: printable ASCII without blanks around it)".formatted(name, value));
    }
  }

  /// With other bounds of connections. For keepalive, they have a `keepAliveInterval`; servers of
  /// gRPC allow one ping in 5 minutes unless they are told otherwise, and end connections that ping
  /// more often.
  public GrpcClientOptions withHttp2(Http2Options http2) {
    return new GrpcClientOptions(http2, compression, encodings, authority, userAgent);
  }

  /// With requests compressed or not. A server that cannot read them fails the call with
  /// [GrpcCode#UNIMPLEMENTED].
  public GrpcClientOptions withCompression(boolean compresses) {
    return withCompression(CompressionPolicy.of(compresses));
  }

  /// With some requests compressed, or messages of streams. The streams of such a client say that
  /// theirs may be, whatever the policy decides then.
  public GrpcClientOptions withCompression(CompressionPolicy compression) {
    return new GrpcClientOptions(http2, compression, encodings, authority, userAgent);
  }

  /// With one encoding more, behind those before.
  ///
  /// @throws IllegalArgumentException if its name is none, or taken
  public GrpcClientOptions withEncoding(MessageEncoding encoding) {
    var all = Encodings.with(encodings, encoding);
    return new GrpcClientOptions(http2, compression, all, authority, userAgent);
  }

  /// With a name of whom requests are for, in the place of the address: for proxies that route by
  /// it.
  public GrpcClientOptions withAuthority(String authority) {
    return new GrpcClientOptions(http2, compression, encodings, authority, userAgent);
  }

  public GrpcClientOptions withUserAgent(String userAgent) {
    return new GrpcClientOptions(http2, compression, encodings, authority, userAgent);
  }
}
