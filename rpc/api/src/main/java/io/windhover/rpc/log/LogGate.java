package io.windhover.rpc.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Lets warnings of one kind into a log, one a second, so that what happens on every call does not
/// drown all else. Those left out are counted by the next one that is let in, and have a line each
/// at DEBUG. For any thread; takes no lock.
public final class LogGate {

  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SHUT = -1;

  private final Logger log;
  private final LongSupplier nanoClock;
  private final AtomicLong opensAtNanos;
  private final LongAdder leftOut = new LongAdder();

  public LogGate(Logger log) {
    this(log, System::nanoTime);
  }

  /// @param nanoClock such as [System#nanoTime]
  public LogGate(Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
    this.opensAtNanos = new AtomicLong(nanoClock.getAsLong());
  }

  /// Writes a line that needs no stack trace.
  ///
  /// @param what asked for only if the line is written
  /// @return the level at which it is in the log: WARNING or DEBUG
  public Level warn(Supplier<String> what) {
    long left = enter();
    if (left == SHUT) {
      log.log(Level.DEBUG, what);
      return Level.DEBUG;
    }
    log.log(Level.WARNING, what.get() + since(left));
    return Level.WARNING;
  }

  /// Writes what was thrown: with its stack trace, at DEBUG as one line.
  ///
  /// @param what as above
  /// @return as above
  public Level warn(Supplier<String> what, Throwable thrown) {
    long left = enter();
    if (left == SHUT) {
      log.log(Level.DEBUG, () -> what.get() + ": " + thrown);
      return Level.DEBUG;
    }
    log.log(Level.WARNING, what.get() + since(left), thrown);
    return Level.WARNING;
  }

  /// @return how many were left out since the last that was let in, or [#SHUT]
  private long enter() {
    long now = nanoClock.getAsLong();
    long opensAt = opensAtNanos.get();
    if (now - opensAt < 0 || !opensAtNanos.compareAndSet(opensAt, now + PERIOD_NANOS)) {
      leftOut.increment();
      return SHUT;
    }
    return leftOut.sumThenReset();
  }

  private static String since(long leftOut) {
    return leftOut == 0
        ? ""
        : " (%d more like it since the last line here are left to the level DEBUG)"
            .formatted(leftOut);
  }
}
