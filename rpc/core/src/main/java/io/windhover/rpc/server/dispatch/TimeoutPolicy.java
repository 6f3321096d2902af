package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.TTHeader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long calls may run on a server.
///
/// @param unasked of calls whose callers do not say; null for no end
/// @param max of any call; null for no end
public record TimeoutPolicy(@Nullable Duration unasked, @Nullable Duration max) {

  /// Takes what callers ask for.
  public static final TimeoutPolicy AS_ASKED = new TimeoutPolicy(null, null);

  private static final Duration FOR_EVER = Duration.ofDays(36_500); // a hundred years, or so

  /// Of calls that may take for ever.
  static final Deadline NO_DEADLINE = Deadline.after(FOR_EVER);

  public TimeoutPolicy {
    check("defaultTimeout", unasked);
    check("maxTimeout", max);
    if (unasked != null && max != null && unasked.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "defaultTimeout: %s (expected: at most maxTimeout, %s)".formatted(unasked, max));
    }
  }

  private static void check(String name, @Nullable Duration value) {
    if (value != null && !value.isPositive()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }

  /// Returns when a call ends.
  ///
  /// @param header of the request, if it has one
  /// @param oneway whether the caller gets no reply: it does not wait, so how long it would counts
  ///   for sending only
  /// @param arrivalNanos when the request was here, by [System#nanoTime]: waiting for its turn is
  ///   part of a call
  /// @throws io.windhover.rpc.wire.WireException if the header says something that is no time
  Deadline deadline(@Nullable TTHeader header, boolean oneway, long arrivalNanos) {
    var asked = header == null || oneway ? null : RequestHeader.timeout(header).orElse(null);
    var timeout = clamped(asked);
    return timeout == null ? NO_DEADLINE : Deadline.after(timeout, arrivalNanos);
  }

  /// The same for a caller that asks directly.
  ///
  /// @param asked null if it does not
  /// @param startNanos when the call begins, in terms of `time`
  public Deadline deadline(@Nullable Duration asked, long startNanos, TimeSource time) {
    var timeout = clamped(asked);
    return timeout == null ? NO_DEADLINE : Deadline.after(timeout, startNanos, time);
  }

  /// Returns when a stream ends: when its client says. The timeouts here are for calls.
  ///
  /// @param startNanos when the stream begins, by [System#nanoTime]
  /// @throws io.windhover.rpc.wire.WireException if the header says something that is no time
  static Deadline ofStream(TTHeader header, long startNanos) {
    return ofStream(RequestHeader.timeout(header).orElse(null), startNanos, TimeSource.SYSTEM);
  }

  /// The same for one that is opened directly.
  ///
  /// @param asked null if its client does not say
  /// @param startNanos when the stream begins, in terms of `time`
  public static Deadline ofStream(@Nullable Duration asked, long startNanos, TimeSource time) {
    if (asked == null && time.equals(TimeSource.SYSTEM)) {
      return NO_DEADLINE;
    }
    return Deadline.after(asked == null ? FOR_EVER : asked, startNanos, time);
  }

  private @Nullable Duration clamped(@Nullable Duration asked) {
    var timeout = asked == null ? unasked : asked;
    return max != null && (timeout == null || timeout.compareTo(max) > 0) ? max : timeout;
  }
}
