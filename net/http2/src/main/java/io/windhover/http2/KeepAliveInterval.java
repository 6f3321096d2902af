package io.windhover.http2;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How long the connections that share it bear silence before they ask for a sign of life:
/// [Http2Options#keepAliveInterval] at first, and twice as long each time that a server ends a
/// connection since it was asked too often, for those that open later (gRFC A8). Any thread.
public final class KeepAliveInterval {

  /// What the strictest of gRPC's servers ask for, those that want no PING without a call.
  private static final long MAX_NANOS = TimeUnit.HOURS.toNanos(2);

  private final AtomicLong nanos;

  public KeepAliveInterval(Http2Options options) {
    this.nanos = new AtomicLong(TimeUnit.NANOSECONDS.convert(options.keepAliveInterval()));
  }

  /// Returns what a connection that opens now keeps to; 0 if it never asks.
  long nanos() {
    return nanos.get();
  }

  /// A server was asked too often by a connection that kept to `used` nanoseconds.
  ///
  /// @return whether the interval has grown for that: not if it did so meanwhile, for another
  ///   connection that kept to the same, nor beyond two hours
  boolean grows(long used) {
    return used > 0 && used < MAX_NANOS && nanos.compareAndSet(used, Math.min(2 * used, MAX_NANOS));
  }
}
