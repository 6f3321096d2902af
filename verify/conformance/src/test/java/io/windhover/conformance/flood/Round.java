package io.windhover.conformance.flood;

import io.windhover.conformance.flood.Callers.Latencies;
import java.time.Duration;

/// One flood of some length, and how long calls take without it and beside it.
///
/// @param quiet before it; and after it, if that explains the other ones
record Round(
    Flood flood, FlooderProcess.Share share, Latencies quiet, Latencies beside, Flooded flooded) {

  private static final Duration QUIET_WINDOW = Duration.ofMillis(500);
  private static final Duration WARM_UP =
      Duration.ofMillis(250); // compiles the server's code for it
  private static final int MAX_RATIO = 3;

  static Round of(Callers callers, FlooderProcess flooder, Flood flood, Duration window)
      throws Exception {
    flooder.begin(flood);
    callers.measure(WARM_UP);
    flooder.end();
    var before = callers.measure(QUIET_WINDOW);
    flooder.begin(flood);
    var beside = callers.measure(window);
    var round = new Round(flood, flooder.share, before, beside, flooder.end());
    return round.isServed() ? round : round.withQuiet(callers.measure(QUIET_WINDOW));
  }

  private Round withQuiet(Latencies after) {
    return new Round(flood, share, quiet.max(after), beside, flooded);
  }

  /// Whether the server had much to do with it.
  boolean isFlood() {
    return flooded.frames() > 0
        && flooded.connectionsPerSecond() >= flood.minConnectionsPerSecond();
  }

  /// Whether others were served as well as without it.
  boolean isServed() {
    return beside.isAtMost(MAX_RATIO, quiet, share);
  }

  @Override
  public String toString() {
    return "flood %s (%s): %s; quiet: %s; ratio %.1f; %s"
        .formatted(flood, share, beside, quiet, ratio(), flooded);
  }

  private double ratio() {
    return beside.p99().toNanos() / (double) quiet.p99().toNanos();
  }
}
