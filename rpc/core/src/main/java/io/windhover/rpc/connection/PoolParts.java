package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.TimeSource;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// What the pools of a client share.
///
/// @param dialler of all connections
/// @param random of whatever is jittered; for any thread
record PoolParts(
    ConnectionSpec spec, GuardedDialler dialler, IdleBudget idleBudget, RandomGenerator random) {

  static PoolParts of(ConnectionSpec spec, GuardedDialler dialler) {
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
}
