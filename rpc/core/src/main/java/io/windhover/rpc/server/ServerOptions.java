package io.windhover.rpc.server;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireLimits;
import java.net.SocketAddress;
import java.time.Duration;

/// What a [Server.Builder] collects.
///
/// @param address TCP or unix socket
/// @param limits of the requests that are read and the replies that are written
/// @param streams of those that clients open
/// @param connection of each accepted connection
/// @param timeouts of calls
/// @param stopTimeout how long [Server#stop] waits for calls under way
/// @param exposeFailures whether a caller is told what its failed handler threw
/// @param payloads the form of replies over TTHeader
record ServerOptions(
    SocketAddress address,
    WireLimits limits,
    StreamOptions streams,
    ConnectionOptions connection,
    TimeoutPolicy timeouts,
    Duration stopTimeout,
    boolean exposeFailures,
    PayloadForm payloads) {

  /// How long calls may keep a multiplexed peer from being told to go elsewhere, and then how long
  /// it may take until its connection ends. Kitex gives its own a second, too.
  private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(1);

  ServerOptions {
    if (stopTimeout.isNegative()) {
      throw new IllegalArgumentException("stopTimeout: " + stopTimeout + " (expected: >= 0)");
    }
  }

  Duration leaveTimeout() {
    var quarter = stopTimeout.dividedBy(4); // twice; the rest is for the calls that are left
    return quarter.compareTo(LEAVE_TIMEOUT) < 0 ? quarter : LEAVE_TIMEOUT;
  }
}
