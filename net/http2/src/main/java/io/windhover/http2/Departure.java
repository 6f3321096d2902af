package io.windhover.http2;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// When a server's connection is to leave for its age, and when the steps of leaving are due. The
/// poller's own.
///
/// ```
///   stays --its age--> DRAIN --1 s--> LEAVE --drain timeout, since it drains--> RESET
/// ```
final class Departure {

  /// What is to be done.
  enum Step {
    NOTHING,
    DRAIN,
    /// The client has had its time to heed the warning.
    LEAVE,
    /// Streams have had their time to end.
    RESET
  }

  private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final double JITTER = 0.1; // of the age, as gRPC's servers have it

  private final long maxAgeNanos; // 0 for any
  private final long drainNanos;
  private boolean seen;
  private long firstSeenNanos;
  private boolean drains;
  private long drainsSinceNanos;

  /// @param random draws when its age is reached, so that connections that were made together do
  ///   not end together
  Departure(Http2Options options, RandomGenerator random) {
    long maxAge = TimeUnit.NANOSECONDS.convert(options.maxConnectionAge()); // it saturates
    this.maxAgeNanos =
        maxAge == 0 ? 0 : Math.max(1, (long) (maxAge * random.nextDouble(1 - JITTER, 1 + JITTER)));
    this.drainNanos = TimeUnit.NANOSECONDS.convert(options.drainTimeout());
  }

  /// @param isDraining whether it leaves, for its age or for another reason
  Step look(boolean isDraining, long nowNanos) {
    if (!isDraining) {
      return isOld(nowNanos) ? Step.DRAIN : Step.NOTHING;
    }
    if (!drains) {
      drains = true;
      drainsSinceNanos = nowNanos;
    }
    long passed = nowNanos - drainsSinceNanos;
    if (passed >= drainNanos) {
      return Step.RESET;
    }
    return passed >= WARNING_NANOS ? Step.LEAVE : Step.NOTHING;
  }

  private boolean isOld(long nowNanos) {
    if (!seen) {
      seen = true;
      firstSeenNanos = nowNanos;
    }
    return maxAgeNanos > 0 && nowNanos - firstSeenNanos >= maxAgeNanos;
  }
}
