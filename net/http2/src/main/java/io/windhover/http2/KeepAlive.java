package io.windhover.http2;

import java.util.concurrent.TimeUnit;

/// When to ask a silent peer for a sign of life, and when to give it up. The poller's own.
///
/// ```
///   heard <--interval without a frame--> asked --timeout without a frame--> gone
/// ```
final class KeepAlive {

  /// What is to be done.
  enum Action {
    NOTHING,
    PING,
    GIVE_UP
  }

  private final long intervalNanos; // 0 if it never asks
  private final long timeoutNanos;
  private final boolean withoutStreams;
  private boolean asked;
  private long heardNanos;
  private long askedNanos;

  /// @param intervalNanos in the place of that of `options`
  KeepAlive(Http2Options options, long intervalNanos, long nowNanos) {
    this.intervalNanos = intervalNanos;
    this.timeoutNanos = TimeUnit.NANOSECONDS.convert(options.keepAliveTimeout());
    this.withoutStreams = options.keepAliveWithoutStreams();
    this.heardNanos = nowNanos;
  }

  long intervalNanos() {
    return intervalNanos;
  }

  /// A frame has arrived.
  void heard(long nowNanos) {
    heardNanos = nowNanos;
    asked = false;
  }

  /// Whether the peer was asked and has not answered.
  boolean isAsked() {
    return asked;
  }

  /// @param hasStreams whether any is open
  Action look(boolean hasStreams, long nowNanos) {
    if (asked) {
      return nowNanos - askedNanos >= timeoutNanos ? Action.GIVE_UP : Action.NOTHING;
    }
    if (intervalNanos == 0 || nowNanos - heardNanos < intervalNanos) {
      return Action.NOTHING;
    }
    if (!hasStreams && !withoutStreams) {
      heardNanos = nowNanos; // a stream that opens now is given the whole interval
      return Action.NOTHING;
    }
    asked = true;
    askedNanos = nowNanos;
    return Action.PING;
  }
}
