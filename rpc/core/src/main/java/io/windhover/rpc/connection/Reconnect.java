package io.windhover.rpc.connection;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When an address may be dialled, after dials of it failed.
///
/// ```
///   REACHABLE --failed--> PAUSING --time passes--> PROBING --failed--> PAUSING, for longer
///   any --succeeded--> REACHABLE
/// ```
///
/// A probe is one dial at a time. Pauses grow and are jittered, so that the many callers of a dead
/// server do not hold it down as it comes back. Guarded by the lock of its pool; whether it pauses
/// or probes can be asked without, and was so a moment ago.
final class Reconnect {

  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
  private static final double GROWTH = 1.6;
  private static final double JITTER = 0.2;
  private static final double NEARLY_ALL = 0.9;

  private final long maxPauseNanos;
  private final RandomGenerator random;
  private volatile @Nullable IOException lastFailure; // null: reachable
  private long pauseNanos;
  private long failedAtNanos;
  private volatile long retryAtNanos;

  Reconnect(Duration maxPause, RandomGenerator random) {
    this.maxPauseNanos = TimeUnit.NANOSECONDS.convert(maxPause);
    this.random = random;
  }

  /// Whether a dial that failed tells something of the server: one that had much less time than it
  /// was to have does not, nor one whose thread was interrupted. (Some of the time is always gone.)
  static boolean tellsOfServer(IOException failure, long timeoutNanos, Duration connectTimeout) {
    return failure instanceof SocketTimeoutException
        ? hasNearlyAll(timeoutNanos, connectTimeout)
        : !(failure instanceof InterruptedIOException);
  }

  /// Whether a dial has the time that it is to have, and not what a call has left.
  static boolean hasNearlyAll(long timeoutNanos, Duration connectTimeout) {
    return timeoutNanos >= NEARLY_ALL * TimeUnit.NANOSECONDS.convert(connectTimeout);
  }

  /// Dials that were under way together and fail together count as one.
  void failed(IOException cause, long nowNanos) {
    if (pauseLeftNanos(nowNanos) > 0) {
      return;
    }
    pauseNanos =
        lastFailure == null
            ? Math.min(FIRST_PAUSE_NANOS, maxPauseNanos)
            : Math.min((long) (pauseNanos * GROWTH), maxPauseNanos);
    failedAtNanos = nowNanos;
    retryAtNanos = nowNanos + (long) (pauseNanos * random.nextDouble(1 - JITTER, 1 + JITTER));
    lastFailure = cause; // last: from now on others look at the pause
  }

  void succeeded() {
    lastFailure = null;
  }

  /// Whether only one dial at a time may find out.
  boolean isProbing() {
    return lastFailure != null;
  }

  /// Returns how long nobody may dial; 0 or less if somebody may.
  long pauseLeftNanos(long nowNanos) {
    return lastFailure == null ? 0 : retryAtNanos - nowNanos;
  }

  /// Returns what to tell a call that is not worth a dial now.
  ///
  /// @throws IllegalStateException if the last dial did not fail
  UnreachableException unreachable(long nowNanos) {
    var cause = lastFailure;
    if (cause == null) {
      throw new IllegalStateException("reachable");
    }
    long left = Math.max(0, retryAtNanos - nowNanos);
    return new UnreachableException(
        "%s %d ms ago; the next try is in %d ms"
            .formatted(
                Objects.requireNonNullElse(cause.getMessage(), cause.toString()),
                TimeUnit.NANOSECONDS.toMillis(nowNanos - failedAtNanos),
                TimeUnit.NANOSECONDS.toMillis(left) + 1),
        cause);
  }
}
