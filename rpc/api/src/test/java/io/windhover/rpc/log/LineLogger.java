package io.windhover.rpc.log;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// A logger that keeps what it is given; of what was thrown, the class.
public final class LineLogger implements System.Logger {

  private record Line(Level level, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private Level lowest = Level.DEBUG;

  public LineLogger() {}

  /// Keeps nothing below that.
  public void lowest(Level level) {
    lowest = level;
  }

  public List<String> at(Level level) {
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
      @Nullable Object... parameters) {
    lines.add(new Line(level, String.valueOf(format)));
  }
}
