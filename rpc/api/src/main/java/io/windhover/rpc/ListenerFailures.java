package io.windhover.rpc;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Writes to the log what one call listener throws: one failure a second, so that a listener which
/// fails at each event does not drown all else. Those left out are counted by the next one that is
/// written, and have a line each at DEBUG. For any thread; takes no lock.
final class ListenerFailures {

  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final System.Logger log;
  private final LongSupplier nanoClock;
  private final String what;
  private final AtomicLong opensAtNanos;
  private final LongAdder leftOut = new LongAdder();

  /// @param nanoClock such as [System#nanoTime]
  ListenerFailures(CallListener listener, System.Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
    this.what = "the call listener " + listener.getClass().getName() + " failed; the call goes on";
    this.opensAtNanos = new AtomicLong(nanoClock.getAsLong());
  }

  /// Writes a failure with its stack trace, or a line of it at DEBUG.
  void failed(Throwable failure) {
    long now = nanoClock.getAsLong();
    long opensAt = opensAtNanos.get();
    if (now - opensAt < 0 || !opensAtNanos.compareAndSet(opensAt, now + PERIOD_NANOS)) {
      leftOut.increment();
      log.log(Level.DEBUG, () -> what + ": " + failure);
      return;
    }
    log.log(Level.WARNING, what + since(leftOut.sumThenReset()), failure);
  }

  private static String since(long leftOut) {
    return leftOut == 0
        ? ""
        : " (%d more of its failures since the last one here are left to the level DEBUG)"
            .formatted(leftOut);
  }
}
