package io.windhover.rpc.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LogGateTest {

  private final Lines lines = new Lines();
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
    lines.lowest = Level.INFO;
    gate.warn(() -> "first");

    gate.warn(() -> fail("asked for"));
    gate.warn(() -> fail("asked for"), new IllegalStateException("no"));

    assertThat(lines.at(Level.WARNING)).containsExactly("first");
  }

  /// A logger that keeps what it is given.
  private static final class Lines implements System.Logger {

    private record Line(Level level, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private Level lowest = Level.DEBUG;

    List<String> at(Level level) {
      return lines.stream().filter(line -> line.level == level).map(Line::text).toList();
    }

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= lowest.getSeverity();
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      var with = thrown == null ? "" : " with " + thrown.getClass().getSimpleName();
      lines.add(new Line(level, message + with));
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object... params) {
      lines.add(new Line(level, String.valueOf(format)));
    }
  }
}
