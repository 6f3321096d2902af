package io.windhover.rpc.connection;

import io.windhover.rpc.pool.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// When a connection was made, and when it is to carry no more, on the clock of its pool.
record Lifetime(long bornNanos, long oldNanos) {

  private static final double YOUNGEST_END = 0.8; // of the highest age

  /// Of a connection that is made now; its end is drawn.
  static Lifetime of(PoolOptions options, long nowNanos, RandomGenerator random) {
    long most = TimeUnit.NANOSECONDS.convert(options.maxAge()); // it saturates
    return new Lifetime(nowNanos, nowNanos + (long) (most * random.nextDouble(YOUNGEST_END, 1)));
  }

  boolean isOver(long nowNanos) {
    return nowNanos - oldNanos >= 0;
  }

  Duration age(long nowNanos) {
    return Duration.ofNanos(nowNanos - bornNanos);
  }
}
