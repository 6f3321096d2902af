package io.windhover.netpoll;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A clock that stands until a test turns it.
final class ManualClock implements LongSupplier {

  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L); // negative, as nanoTime may be

  @Override
  public long getAsLong() {
    return nanos.get();
  }

  void turn(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
