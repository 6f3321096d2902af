package io.windhover.bench.runner;

import java.io.PrintStream;
import java.time.Duration;

/// Shows how far a run is: in place on a terminal, a line for each step elsewhere.
final class Progress {

  private static final String CLEAR_LINE = "\r\033[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final Duration expected;
  private final long start = System.nanoTime();
  private String lastStep = "";

  Progress(PrintStream out, boolean terminal, Duration expected) {
    this.out = out;
    this.terminal = terminal;
    this.expected = expected;
  }

  /// @param step few of them, such as a round
  /// @param detail of the step; shown on terminals only
  void show(String step, String detail) {
    var elapsed = Duration.ofNanos(System.nanoTime() - start);
    if (terminal) {
      out.printf(
          "%s%s of about %s  %s: %s", CLEAR_LINE, clock(elapsed), clock(expected), step, detail);
      out.flush();
    } else if (!step.equals(lastStep)) {
      out.printf("%s of about %s  %s%n", clock(elapsed), clock(expected), step);
    }
    lastStep = step;
  }

  void end() {
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  static String clock(Duration time) {
    return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
