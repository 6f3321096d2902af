package io.windhover.rpc.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What the pools of a client share.
///
/// @param spareTimeout how long dialling may take that no call waits for
/// @param nanoClock and `random` of whatever is timed and jittered; for any thread
record PoolParts(
    Dialler dialler,
    IdleBudget idleBudget,
    Duration spareTimeout,
    LongSupplier nanoClock,
    RandomGenerator random) {

  static PoolParts of(Dialler dialler, PoolOptions options, Duration spareTimeout) {
    return new PoolParts(
        dialler,
        new IdleBudget(options.maxIdleOverall()),
        spareTimeout,
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextLong());
  }
}
