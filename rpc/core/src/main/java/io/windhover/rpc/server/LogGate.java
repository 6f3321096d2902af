package io.windhover.rpc.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Lets one line of a kind into the log each second, and counts those that it leaves out. For any
/// thread; takes no lock.
final class LogGate {

  /// What [#enter] answers to a line that is to be left out.
  static final long SHUT = -1;

  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final AtomicLong opensAtNanos;
  private final LongAdder leftOut = new LongAdder();

  /// @param nanoClock such as [System#nanoTime]
  LogGate(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.opensAtNanos = new AtomicLong(nanoClock.getAsLong());
  }

  /// Asks for one line.
  ///
  /// @return how many were left out since the last that was let in, or [#SHUT]
  long enter() {
    long now = nanoClock.getAsLong();
    long opensAt = opensAtNanos.get();
    if (now - opensAt < 0 || !opensAtNanos.compareAndSet(opensAt, now + PERIOD_NANOS)) {
      leftOut.increment();
      return SHUT;
    }
    return leftOut.sumThenReset();
  }
}
