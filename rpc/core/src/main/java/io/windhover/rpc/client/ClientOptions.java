package io.windhover.rpc.client;

import io.windhover.netpoll.PollerOptions;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.wire.WireLimits;
import java.net.SocketAddress;
import java.time.Duration;

/// What a [Client.Builder] collects.
///
/// @param address of the server: TCP or unix socket
/// @param name how this client calls itself; sent over TTHeader
/// @param timeout of a call from start to end, connecting included
/// @param connectTimeout the part of it that connecting may take
/// @param limits of the requests that are written and the replies that are read
/// @param maxConnections open at once; a call beyond waits for one within its timeout
/// @param idleTimeout how long a connection is kept unused
record ClientOptions(
    SocketAddress address,
    String name,
    Protocol protocol,
    Duration timeout,
    Duration connectTimeout,
    WireLimits limits,
    int maxConnections,
    Duration idleTimeout) {

  ClientOptions {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
    }
    if (!connectTimeout.isPositive()) {
      throw new IllegalArgumentException("connectTimeout: " + connectTimeout + " (expected: > 0)");
    }
    int most = PollerOptions.DEFAULT.maxConnections(); // the pollers are the client's own
    if (maxConnections < 1 || maxConnections > most) {
      throw new IllegalArgumentException(
          "maxConnections: %d (expected: 1..%d)".formatted(maxConnections, most));
    }
    if (!idleTimeout.isPositive()) {
      throw new IllegalArgumentException("idleTimeout: " + idleTimeout + " (expected: > 0)");
    }
  }
}
