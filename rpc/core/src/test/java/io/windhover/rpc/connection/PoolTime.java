package io.windhover.rpc.connection;

import io.windhover.netpoll.testing.ManualClock;
import io.windhover.rpc.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Time that a test turns on, though who waits does so in real time: for threads that nobody wakes.
final class PoolTime implements TimeSource {

  private final ManualClock clock = new ManualClock();
  private volatile Duration tick = Duration.ZERO;

  /// Lets each look at this time take as long.
  void tick(Duration perLook) {
    tick = perLook;
  }

  void turn(Duration by) {
    clock.turn(by);
  }

  @Override
  public long nanoTime() {
    clock.turn(tick);
    return clock.getAsLong();
  }

  @Override
  public void park(Object blocker, long nanos) {
    LockSupport.parkNanos(blocker, nanos);
  }
}
