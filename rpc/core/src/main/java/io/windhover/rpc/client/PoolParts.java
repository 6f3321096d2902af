package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.TimeSource;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// What the pools of a client share.
///
/// @param dialler of all connections
/// @param options of all connections
/// @param spareTimeout how long dialling may take that no call waits for
/// @param time of whatever is timed
/// @param random of whatever is jittered; for any thread
record PoolParts(
    Dialler dialler,
    ConnectionOptions options,
    IdleBudget idleBudget,
    Duration spareTimeout,
    TimeSource time,
    RandomGenerator random) {

  static PoolParts of(
      Dialler dialler, ClientOptions options, Duration spareTimeout, TimeSource time) {
    return new PoolParts(
        dialler,
        options.connection(),
        new IdleBudget(options.pool().maxIdleOverall()),
        spareTimeout,
        time,
        () -> ThreadLocalRandom.current().nextLong());
  }

  /// Returns how long connecting may take: at least a nanosecond.
  static long timeoutNanos(Deadline deadline, Duration connectTimeout) {
    return Math.clamp(deadline.remainingNanos(), 1, TimeUnit.NANOSECONDS.convert(connectTimeout));
  }

  /// Connects. If that fails `connection` stays closed, whatever a foreign dialler has told it.
  void dial(SocketAddress address, long timeoutNanos, DialledConnection connection)
      throws IOException {
    boolean connected = false;
    try {
      dialler.dial(address, Duration.ofNanos(timeoutNanos), options, connection);
      if (!connection.isConnected()) {
        throw new ForeignException(
            "the dialler returned, and has told its handler of no connection", null);
      }
      connected = true;
    } catch (RuntimeException e) {
      throw new ForeignException("the dialler failed: " + e, e);
    } finally {
      if (!connected) {
        connection.abort();
      }
    }
  }
}
