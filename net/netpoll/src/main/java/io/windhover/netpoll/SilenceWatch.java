package io.windhover.netpoll;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// When a connection was last heard of, and which of its timeouts has passed since. The poller's
/// own.
final class SilenceWatch {

  /// So long the bytes of a peer that was refused are read away.
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final ConnectionOptions options;
  private boolean awaitsFirstByte;
  private long lastReadNanos; // or since when the peer could have sent
  private long lastBusyNanos;

  private boolean watchesFrame; // since the look at frameSinceNanos, at the latest, it has begun
  private long framesBefore;
  private long frameSinceNanos;

  /// @param awaitsFirstByte whether silence from the start is a fault of the peer
  SilenceWatch(ConnectionOptions options, boolean awaitsFirstByte, long nowNanos) {
    this.options = options;
    this.awaitsFirstByte = awaitsFirstByte;
    this.lastReadNanos = nowNanos;
    this.lastBusyNanos = nowNanos;
  }

  /// Bytes have come.
  void read(long nowNanos) {
    awaitsFirstByte = false;
    lastReadNanos = nowNanos;
  }

  /// Silence counts from now: until now the peer had no chance to send, or nobody looked.
  void restart(long nowNanos) {
    lastReadNanos = nowNanos;
    watchesFrame = false;
  }

  /// A call is under way: idleness counts from its end.
  void busy(long nowNanos) {
    lastBusyNanos = nowNanos;
  }

  boolean lingeredLongEnough(long nowNanos) {
    return passed(LINGER, lastReadNanos, nowNanos);
  }

  /// @param reading whether bytes that come would be read
  /// @param frameBytes of a frame that has begun and is not whole; 0 if there is none
  /// @param frames that were whole so far, by which that one is told from others
  /// @return why the connection must end, if it must
  @Nullable CloseReason expired(
      boolean reading, int frameBytes, long frames, Outbox outbox, long nowNanos) {
    if (passed(options.writeStallTimeout(), outbox.stalledSince(nowNanos), nowNanos)) {
      return CloseReason.WRITE_STALLED;
    }
    if (reading && awaitsFirstByte) {
      return passed(options.firstByteTimeout(), lastReadNanos, nowNanos)
          ? CloseReason.NO_FIRST_BYTE
          : null;
    }
    if (!reading || frameBytes == 0) {
      watchesFrame = false;
    } else if (passed(options.frameTimeout(), lastReadNanos, nowNanos)) {
      return CloseReason.FRAME_STALLED;
    } else if (isTooSlow(frameBytes, frames, nowNanos)) {
      return CloseReason.FRAME_TOO_SLOW;
    }
    boolean idle =
        passed(options.idleTimeout(), lastBusyNanos, nowNanos)
            && passed(options.idleTimeout(), lastReadNanos, nowNanos)
            && passed(options.idleTimeout(), outbox.lastProgressNanos(), nowNanos);
    return idle ? CloseReason.IDLE : null;
  }

  private boolean isTooSlow(int frameBytes, long frames, long nowNanos) {
    if (!watchesFrame || frames != framesBefore) {
      watchesFrame = true;
      framesBefore = frames;
      frameSinceNanos = nowNanos;
      return false;
    }
    long beyond = nowNanos - frameSinceNanos - TimeUnit.NANOSECONDS.convert(options.frameTimeout());
    return beyond > 0 && frameBytes < options.minFrameBytesPerSecond() * (beyond / 1e9);
  }

  private static boolean passed(Duration timeout, long sinceNanos, long nowNanos) {
    return nowNanos - sinceNanos >= TimeUnit.NANOSECONDS.convert(timeout); // it saturates
  }
}
