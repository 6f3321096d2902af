package io.windhover.rpc.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LogGateTest {

  private final LineLogger lines = new LineLogger();
  private long nowNanos = Long.MAX_VALUE - 5; // the clock may wrap
  private final LogGate gate = new LogGate(lines, () -> nowNanos);

  @Test
  void letsOneLineInEachSecondAndCountsTheOthers() {
    for (int i = 0; i < 5; i++) {
      int number = i;
      gate.warn(() -> "line " + number);
    }
    nowNanos += TimeUnit.SECONDS.toNanos(1);
    gate.warn(() -> "line 5");
    nowNanos += TimeUnit.SECONDS.toNanos(1);
    gate.warn(() -> "line 6");

    assertThat(lines.at(Level.WARNING))
        .containsExactly(
            "line 0",
            "line 5 (4 more like it since the last line here are left to the level DEBUG)",
            "line 6");
    assertThat(lines.at(Level.DEBUG)).containsExactly("line 1", "line 2", "line 3", "line 4");
  }

  @Test
  void saysAtWhichLevelALineIs() {
    var failure = new IllegalStateException("no");

    assertThat(gate.warn(() -> "failed", failure)).isEqualTo(Level.WARNING);
    assertThat(gate.warn(() -> "failed", failure)).isEqualTo(Level.DEBUG);
    assertThat(gate.warn(() -> "failed")).isEqualTo(Level.DEBUG);

    assertThat(lines.at(Level.WARNING)).containsExactly("failed with IllegalStateException");
    assertThat(lines.at(Level.DEBUG))
        .containsExactly("failed: java.lang.IllegalStateException: no", "failed");
  }

  @Test
  void asksForNoTextThatNobodyReads() {
    lines.lowest(Level.INFO);
    gate.warn(() -> "first");

    gate.warn(() -> fail("asked for"));
    gate.warn(() -> fail("asked for"), new IllegalStateException("no"));

    assertThat(lines.at(Level.WARNING)).containsExactly("first");
  }
}
