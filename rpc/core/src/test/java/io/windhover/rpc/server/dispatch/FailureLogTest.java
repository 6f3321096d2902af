package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FailureLogTest {

  private final Lines lines = new Lines();
  private long nowNanos = Long.MAX_VALUE - 5; // the clock may wrap
  private final FailureLog log = new FailureLog(lines, () -> nowNanos);

  @Test
  void hasTheStackTraceOfOneFailureOfAMethodEachSecond() {
    for (int i = 0; i < 10_000; i++) {
      log.failed("Echo/echo", "%08x".formatted(i), new IllegalStateException("no"));
    }

    assertThat(lines.at(Level.WARNING))
        .containsExactly("Echo/echo failed, error id 00000000 with IllegalStateException");
  }

  @Test
  void countsThoseThatItLeavesOut() {
    for (int i = 0; i < 5; i++) {
      log.failed("Echo/echo", "0000000" + i, new IllegalStateException("no"));
    }
    turn(1000);
    log.failed("Echo/echo", "00000005", new IllegalStateException("no"));
    turn(1000);
    log.failed("Echo/echo", "00000006", new IllegalStateException("no"));

    assertThat(lines.at(Level.WARNING))
        .containsExactly(
            "Echo/echo failed, error id 00000000 with IllegalStateException",
            "Echo/echo failed, error id 00000005 (4 more like it since the last line here"
                + " are left to the level DEBUG) with IllegalStateException",
            "Echo/echo failed, error id 00000006 with IllegalStateException");
  }

  @Test
  void hasEachErrorIdSomewhere() {
    assertThat(log.failed("Echo/echo", "00000001", new IllegalStateException("no")))
        .isEqualTo(Level.WARNING);
    turn(999);
    assertThat(log.failed("Echo/echo", "00000002", new IllegalStateException("no")))
        .isEqualTo(Level.DEBUG);

    assertThat(lines.at(Level.DEBUG))
        .containsExactly(
            "Echo/echo failed, error id 00000002: java.lang.IllegalStateException: no");
  }

  @Test
  void countsEachMethodForItself() {
    log.failed("Echo/echo", "00000001", new IllegalStateException("no"));
    log.warn("Echo/other", "too large");

    assertThat(lines.at(Level.WARNING))
        .containsExactly(
            "Echo/echo failed, error id 00000001 with IllegalStateException", "too large");
  }

  @Test
  void keepsNoMoreNamesThanThereMayBeMethods() {
    for (int i = 0; i < FailureLog.MAX_NAMES + 100; i++) {
      log.warn("Echo/" + i, "line " + i);
    }

    assertThat(lines.at(Level.WARNING)).hasSize(FailureLog.MAX_NAMES + 1);
    assertThat(lines.at(Level.DEBUG)).hasSize(99);
  }

  private void turn(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /// A logger that keeps what it is given.
  private static final class Lines implements System.Logger {

    private record Line(Level level, String text) {}

    private final List<Line> lines = new ArrayList<>();

    List<String> at(Level level) {
      return lines.stream().filter(line -> line.level == level).map(Line::text).toList();
    }

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
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
