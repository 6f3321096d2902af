package io.windhover.rpc.client;

import io.windhover.rpc.Protocol;
import java.net.SocketAddress;
import java.time.Duration;

/// What a [Client.Builder] collects.
///
/// @param address of the server: TCP or unix socket
/// @param name how this client calls itself; sent over TTHeader
/// @param timeout of a call from start to end, connecting included
/// @param connectTimeout the part of it that connecting may take
/// @param maxMessageBytes largest request that is written and largest reply that is read
/// @param maxConnections open at once; a call beyond waits for one within its timeout
/// @param idleTimeout how long a connection is kept unused
record ClientOptions(
    SocketAddress address,
    String name,
    Protocol protocol,
    Duration timeout,
    Duration connectTimeout,
    int maxMessageBytes,
    int maxConnections,
    Duration idleTimeout) {

  ClientOptions {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
    }
    if (!connectTimeout.isPositive()) {
      throw new IllegalArgumentException("connectTimeout: " + connectTimeout + " (expected: > 0)");
    }
    if (maxConnections < 1 || maxConnections > 10_000) {
      throw new IllegalArgumentException(
          "maxConnections: " + maxConnections + " (expected: 1..10000)");
    }
    if (!idleTimeout.isPositive()) {
      throw new IllegalArgumentException("idleTimeout: " + idleTimeout + " (expected: > 0)");
    }
  }
}
