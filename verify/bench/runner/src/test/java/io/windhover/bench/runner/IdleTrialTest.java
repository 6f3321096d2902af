package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.bench.runner.IdleTrial.Outcome;
import io.windhover.bench.runner.IdleTrial.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What idle connections cost, of fake servers.
final class IdleTrialTest {

  private static final Point LOAD = Point.closed(Work.ECHO, 1 << 10, IdleTrial.BUSY);
  private static final int IDLE = IdleTrial.ALL - IdleTrial.BUSY;

  @TempDir Path folder;

  private Outcome run(String name, double maxForeignShare) throws IOException, ContestantException {
    return new IdleTrial(
            Fakes.contestant(name), Fakes.place(folder), maxForeignShare, Duration.ofMillis(1))
        .run(2);
  }

  @Test
  void measuresEachRoundThrice() throws Exception {
    var outcome = run("a", Double.POSITIVE_INFINITY);

    assertThat(outcome.rounds()).hasSize(2);
    assertThat(outcome.rounds().getLast().besideAll().round()).isEqualTo(2);
    assertThat(outcome.idle().heapBytes()).isZero();
  }

  @Test
  void leavesDisturbedRoundsOut() throws Exception {
    var outcome = run("a", -1);

    assertThat(outcome.rounds()).isEmpty();
    assertThat(new IdleReport(List.of(outcome), 2).text()).contains("a: 0 of 2 rounds counted");
  }

  @Test
  void endsWithAContestantThatBreaksDown() {
    assertThatThrownBy(() -> run("dies", 1)).hasMessageStartingWith("dies's client has ended");
  }

  /// @param extraMicros of CPU time for a call, of 100, with four idle connections for a busy one
  private static IdleReport report(long heapBytesEach, double extraMicros) {
    var contestant = Fakes.contestant("netpoll-x");
    var alone = Fakes.sample(contestant, LOAD, 1000, 100);
    var beside = Fakes.sample(contestant, LOAD, 1000, 100 + extraMicros);
    var idle = new Footprint(heapBytesEach * IDLE, 0, IDLE, 0);
    var round = new Round(alone, beside, alone);
    return new IdleReport(List.of(new Outcome(contestant, idle, List.of(round))), 1);
  }

  @Test
  void limitsAreThoseOfTheRequirement() {
    assertThat(report(1023, 4.9).passed()).isTrue();
    assertThat(report(1023, 4.9).text())
        .contains("passed: netpoll-x: 1,024 bytes a connection (expected: <= 1,024), 4.9 % lost");
    assertThat(report(1024, 4.9).passed()).as("with a native byte each").isFalse();
    assertThat(report(1023, 5).passed()).isFalse();
    assertThat(report(1023, 5).text()).contains("FAILED: netpoll-x");
  }

  @Test
  void fewerCallsAreALossToo() {
    var contestant = Fakes.contestant("netpoll-x");
    var alone = Fakes.sample(contestant, LOAD, 1000, 100);
    var round = new Round(alone, Fakes.sample(contestant, LOAD, 900, 100), alone);
    var none = new Footprint(0, 0, 0, 0);

    var report = new IdleReport(List.of(new Outcome(contestant, none, List.of(round))), 1);

    assertThat(report.passed()).isFalse();
    assertThat(report.text()).contains("10.0 % lost");
  }
}
