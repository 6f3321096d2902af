package io.windhover.http2;

import io.windhover.http2.StreamException.Reason;
import io.windhover.http2.StreamState.Event;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Http2Exception;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/// Looks at one connection from time to time: whether its peer lives, has taken note of the
/// settings, and lets each stream go on. The poller's own.
final class Watch {

  private final Http2Connection owner;
  private final Receiver receiver;
  private final long stallNanos;
  private final long receiveStallNanos;
  private boolean heard; // something came since the last look

  Watch(Http2Connection owner, Http2Options options, Receiver receiver) {
    this.owner = owner;
    this.receiver = receiver;
    this.stallNanos = TimeUnit.NANOSECONDS.convert(options.streamStallTimeout());
    this.receiveStallNanos = TimeUnit.NANOSECONDS.convert(options.receiveStallTimeout());
  }

  /// A frame has come.
  void heard() {
    heard = true;
  }

  /// Looks whether the peer gave no sign of life for too long. Once a sweep: what is heard from now
  /// on counts for the next look.
  boolean findsPeerGone(long nowNanos) {
    boolean gone = receiver.pings().isGone(heard, owner.isBusy(), nowNanos);
    heard = false;
    return gone;
  }

  /// @throws Http2Exception if the peer has not taken note of the settings in time
  void requireSettings(long nowNanos) {
    if (receiver.settings().isOverdue(nowNanos)) {
      throw error(ErrorCode.SETTINGS_TIMEOUT, "no word on settings in time");
    }
  }

  /// Resets the streams whose peer does not let them go on.
  ///
  /// @throws Http2Exception if a header list does not come to its end, behind which all streams
  ///   wait
  void requireProgress(long nowNanos) {
    resetStalled(nowNanos);
    if (receiver.isBlockTooSlow(receiveStallNanos, nowNanos)) {
      throw error(ErrorCode.ENHANCE_YOUR_CALM, "a header list that does not come to its end");
    }
  }

  private static Http2Exception error(ErrorCode code, String message) {
    return Http2Exception.ofConnection(code, message);
  }

  private void resetStalled(long nowNanos) {
    var stalled = new ArrayList<Http2Stream>(0);
    try (var out = owner.sender().begin()) {
      for (var stream : owner.streams()) {
        if (out.turns().isStalled(stream, stallNanos, nowNanos)
            || (owner.isServer() && stream.isTooSlow(receiveStallNanos, nowNanos))) {
          stalled.add(stream);
        }
      }
    }
    for (var stream : stalled) {
      stream.fail(
          Event.SEND_RESET,
          StreamException.of(
              Reason.STALLED, ErrorCode.CANCEL, "the peer did not move for too long"),
          ErrorCode.CANCEL);
    }
  }
}
