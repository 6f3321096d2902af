package io.windhover.http2;

import io.windhover.http2.frame.Http2Exception;
import java.util.concurrent.TimeUnit;

/// Holds a peer to an interval between its PINGs, as gRPC's servers do. PINGs that come sooner are
/// strikes, and one strike more than is allowed ends the connection. What this side sends takes the
/// strikes back, since a peer may measure with PINGs what arrives there. The poller's own.
final class PingGuard {

  /// What gRPC's clients know this by.
  static final String TEXT = "too_many_pings";

  private final long minIntervalNanos;
  private final int maxStrikes;
  private boolean watches;
  private long lastNanos;
  private long sentBefore;
  private int strikes;

  PingGuard(Http2Options options) {
    this.minIntervalNanos = TimeUnit.NANOSECONDS.convert(options.minPingInterval());
    this.maxStrikes = options.maxPingStrikes();
  }

  /// A PING has arrived that is no answer.
  ///
  /// @param sent how many frames of headers and data this side has sent so far
  void arrived(long sent, long nowNanos) {
    if (!watches || sent != sentBefore) {
      strikes = 0;
    } else if (nowNanos - lastNanos < minIntervalNanos && ++strikes > maxStrikes) {
      throw tooMany();
    }
    watches = true;
    sentBefore = sent;
    lastNanos = nowNanos;
  }

  private static Http2Exception tooMany() {
    return FloodGuard.tooMuch(TEXT);
  }
}
