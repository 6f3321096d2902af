package io.windhover.rpc.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

/// What a [Server.Builder] collects.
///
/// @param address TCP or unix socket
/// @param maxMessageBytes largest request that is read and largest reply that is written
/// @param stopTimeout how long [Server#stop] waits for calls under way
/// @param firstByteTimeout how long a new connection may say nothing
/// @param frameTimeout how long a peer may pause in the middle of a message
/// @param idleTimeout how long a connection may be silent in both directions
/// @param exposeFailures whether a caller is told what its failed handler threw
record ServerOptions(
    SocketAddress address,
    int maxMessageBytes,
    Duration stopTimeout,
    Duration firstByteTimeout,
    Duration frameTimeout,
    Duration idleTimeout,
    boolean exposeFailures) {

  static final ServerOptions DEFAULT =
      new ServerOptions(
          new InetSocketAddress(8888),
          16 << 20,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          false);

  ServerOptions {
    if (stopTimeout.isNegative()) {
      throw new IllegalArgumentException("stopTimeout: " + stopTimeout + " (expected: >= 0)");
    }
    requirePositive("firstByteTimeout", firstByteTimeout);
    requirePositive("frameTimeout", frameTimeout);
    requirePositive("idleTimeout", idleTimeout);
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }
}
