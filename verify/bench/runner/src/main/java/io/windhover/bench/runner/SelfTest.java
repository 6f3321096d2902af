package io.windhover.bench.runner;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Does a stalled server show in what we measure? It is frozen for half a second in the middle of
/// an open loop, which a sixth of the calls should feel.
///
/// If latency counted from the actual start of a call, the few that were under way would be the
/// only ones to show it: all others would start later and look fast.
final class SelfTest {

  private static final Point LOAD = new Point(Work.ECHO, 64, 32, 0);
  private static final int RATE = 2000;
  private static final Duration WINDOW = Duration.ofSeconds(3);
  private static final Duration BEFORE = Duration.ofSeconds(1);
  private static final Duration STALL = Duration.ofMillis(500);
  private static final double MIN_P99_MICROS = TimeUnit.MILLISECONDS.toMicros(400);
  private static final double MIN_P90_MICROS = TimeUnit.MILLISECONDS.toMicros(100);

  /// What came out.
  record Verdict(boolean passed, String text) {}

  private SelfTest() {}

  /// @param intended whether latency counts from the intended start, as it should
  static Verdict run(Contestant contestant, Duel.Place place, boolean intended)
      throws ContestantException {
    try (var duel = Duel.start(contestant, place, new Children())) {
      duel.warmUp(LOAD, Duration.ofSeconds(1));
      var load =
          duel.run(
              LOAD, RATE, Duration.ofMillis(200), WINDOW, intended, () -> stall(duel.server()));
      double p90 = load.latencies().getValueAtPercentile(90) / 1e3;
      double p99 = load.latencies().getValueAtPercentile(99) / 1e3;
      boolean passed = p90 >= MIN_P90_MICROS && p99 >= MIN_P99_MICROS;
      return new Verdict(
          passed,
          "%s: the server of %s stood still for %d ms; p90 %.1f ms (expected: >= %.0f), p99 %.1f ms (expected: >= %.0f), latency from the %s start"
              .formatted(
                  passed ? "passed" : "FAILED",
                  contestant.name(),
                  STALL.toMillis(),
                  p90 / 1e3,
                  MIN_P90_MICROS / 1e3,
                  p99 / 1e3,
                  MIN_P99_MICROS / 1e3,
                  intended ? "intended" : "actual"));
    }
  }

  private static void stall(Role server) {
    Pause.of(BEFORE);
    server.freeze(true);
    Pause.of(STALL);
    server.freeze(false);
  }
}
