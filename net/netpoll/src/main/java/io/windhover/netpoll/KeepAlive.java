package io.windhover.netpoll;

import java.util.concurrent.TimeUnit;

/// How the system is to find out that a TCP peer is gone without a word: its machine is off, or the
/// path to it is cut. It asks a silent peer's system, which answers for a process that hangs, too.
///
/// @param idleSeconds of silence before the first question
/// @param intervalSeconds between questions
/// @param probes questions without an answer that end the connection
/// @param unacknowledgedMillis how long what was sent may be without an answer, where the system
///   can be told
record KeepAlive(int idleSeconds, int intervalSeconds, int probes, int unacknowledgedMillis) {

  private static final int PROBES = 4;
  private static final long MAX_SECONDS = 32_767; // what Linux takes

  /// Linux ends a connection with unanswered questions by `unacknowledgedMillis` too, if that is
  /// set. It counts time in which the peer's system answers that it has no room, so it must not be
  /// shorter than what a peer has that reads slowly.
  static KeepAlive of(ConnectionOptions options) {
    long seconds = Math.min(options.keepAliveTimeout().toSeconds(), MAX_SECONDS);
    int idle = (int) Math.max(1, seconds / 3);
    int interval = (int) Math.max(1, (seconds - idle) / PROBES);
    long stallMillis = TimeUnit.MILLISECONDS.convert(options.writeStallTimeout());
    return new KeepAlive(
        idle,
        interval,
        Math.clamp((seconds - idle) / interval, 1, PROBES),
        (int) Math.min(Math.max(seconds * 1000, stallMillis), Integer.MAX_VALUE));
  }
}
