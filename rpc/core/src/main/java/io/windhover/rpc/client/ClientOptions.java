package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerOptions;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.connection.ConnectionSpec;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a [ClientBuilder] collects, but for what the [OptionsLadder] has.
///
/// @param address of the server: TCP or unix socket
/// @param name how this client calls itself; sent over TTHeader
/// @param transport the name of what carries calls and streams in the place of a protocol; null if
///   nothing does
/// @param formats what it reads and writes beside what is built in
/// @param limits of the requests that are written and the replies that are read
/// @param pool how many connections are kept, and for how long
/// @param multiplexed how many connections to one address all calls share; 0 if each call has one
///   for itself
/// @param payloads the form of requests over TTHeader
/// @param connection of each connection: how it is secured
/// @param streams that are opened
/// @param streamConnections to one address, besides those for calls
record ClientOptions(
    SocketAddress address,
    String name,
    Protocol protocol,
    @Nullable String transport,
    WireFormats formats,
    WireLimits limits,
    PoolOptions pool,
    int multiplexed,
    PayloadForm payloads,
    ConnectionOptions connection,
    StreamOptions streams,
    int streamConnections) {

  static final Duration TIMEOUT = Duration.ofSeconds(1);
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private static final int MAX_MULTIPLEXED = 256;

  /// The lowest rung of the ladder.
  static final CallOptions DEFAULT_CALL =
      CallOptions.builder()
          .timeout(TIMEOUT)
          .connectTimeout(CONNECT_TIMEOUT)
          .waitForReady(false)
          .build();

  ClientOptions {
    int most = PollerOptions.DEFAULT.maxConnections(); // the pollers are the client's own
    if (streamConnections < 1 || streamConnections > most) {
      throw new IllegalArgumentException(
          "streamConnections: %d (expected: 1..%d)".formatted(streamConnections, most));
    }
    if (multiplexed < 0 || multiplexed > MAX_MULTIPLEXED) {
      throw new IllegalArgumentException(
          "multiplexed: %d (expected: 1..%d)".formatted(multiplexed, MAX_MULTIPLEXED));
    }
    if (formats.frame() != null
        && (multiplexed > 0 || payloads.compression() != null || payloads.checksummed())) {
      throw new IllegalArgumentException(
          "frameCodec: %s with multiplexed, compression or checksums (expected: none of these, which are TTHeader's)"
              .formatted(formats.frame().name()));
    }
    if (transport != null
        && (formats.frame() != null
            || !formats.payloads().isEmpty()
            || multiplexed > 0
            || payloads.compression() != null
            || payloads.checksummed())) {
      throw new IllegalArgumentException(
          "transport: %s with frameCodec, payloadCodec, multiplexed, compression or checksums (expected: none of these, which are of the built-in protocols)"
              .formatted(transport));
    }
    if (multiplexed > 0 && !hasHeader(protocol)) {
      throw new IllegalArgumentException(
          "multiplexed: %d with protocol %s (expected: protocol TTHEADER or TTHEADER_FRAMED, whose header tells replies apart)"
              .formatted(multiplexed, protocol));
    }
    if (!formats.payloads().isEmpty() && formats.frame() == null && protocol == Protocol.BUFFERED) {
      throw new IllegalArgumentException(
          "payloadCodec: %s with protocol BUFFERED (expected: another protocol, which tells the payload's length)"
              .formatted(formats.payloads().getFirst().name()));
    }
    if (payloads.compression() != null && !hasHeader(protocol)) {
      throw new IllegalArgumentException(
          "compression: %s with protocol %s (expected: protocol TTHEADER or TTHEADER_FRAMED, which tells of it)"
              .formatted(payloads.compression(), protocol));
    }
    if (payloads.checksummed() && !hasHeader(protocol)) {
      throw new IllegalArgumentException(
          "checksums: true with protocol %s (expected: protocol TTHEADER or TTHEADER_FRAMED, which carries them)"
              .formatted(protocol));
    }
  }

  /// Returns what is wanted of connections.
  ///
  /// @param spareTimeout how long dialling may take that no call waits for
  ConnectionSpec connections(Duration spareTimeout, TimeSource time) {
    return new ConnectionSpec(
        address,
        formats,
        limits,
        pool,
        multiplexed,
        connection,
        streams,
        streamConnections,
        spareTimeout,
        time);
  }

  /// Whether there is room for metadata around payloads.
  private boolean hasHeader() {
    return transport != null
        || (formats.frame() == null ? hasHeader(protocol) : formats.frame().hasHeader());
  }

  private static boolean hasHeader(Protocol protocol) {
    return switch (protocol) {
      case BUFFERED, FRAMED -> false;
      case TTHEADER, TTHEADER_FRAMED -> true;
    };
  }

  private String protocolName() {
    if (transport != null) {
      return transport;
    }
    return formats.frame() == null ? protocol.toString() : formats.frame().name();
  }

  /// @throws IllegalArgumentException if handlers of metadata find no header to work on
  void checkMetadataHandlers() {
    if (transport != null || !hasHeader()) {
      throw new IllegalArgumentException(
          "metadataHandler: set with protocol %s (expected: none, or protocol TTHEADER, which has headers)"
              .formatted(protocolName()));
    }
  }

  /// @throws IllegalArgumentException if these options, of calls and not of streams, ask for what
  ///   the protocol cannot carry
  void check(CallOptions call) {
    if (!call.metadata().isEmpty() && !hasHeader()) {
      throw new IllegalArgumentException(
          "metadata: %s with protocol %s (expected: none, or protocol TTHEADER, which carries it)"
              .formatted(
                  call.metadata().transientValues().isEmpty()
                      ? call.metadata().persistentValues().keySet()
                      : call.metadata().transientValues().keySet(),
                  protocolName()));
    }
  }
}
