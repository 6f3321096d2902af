package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.pool.Dialler;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// What the pools of a client share.
///
/// @param dialler of all connections
/// @param random of whatever is jittered; for any thread
record PoolParts(
    ConnectionSpec spec, Dialler dialler, IdleBudget idleBudget, RandomGenerator random) {

  static PoolParts of(ConnectionSpec spec, Dialler dialler) {
    return new PoolParts(
        spec,
        dialler,
        new IdleBudget(spec.pool().maxIdleOverall()),
        () -> ThreadLocalRandom.current().nextLong());
  }

  TimeSource time() {
    return spec.time();
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
      dialler.dial(address, Duration.ofNanos(timeoutNanos), spec.socket(), connection);
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
