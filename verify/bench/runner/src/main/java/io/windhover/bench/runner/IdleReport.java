package io.windhover.bench.runner;

import io.windhover.bench.runner.IdleTrial.Outcome;
import io.windhover.bench.runner.IdleTrial.Round;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/// What idle connections cost, for a terminal, and whether ours keep to their limits.
///
/// @param rounds that were wanted
record IdleReport(List<Outcome> outcomes, int rounds) {

  static final int MAX_BYTES = 1 << 10;
  static final double MAX_LOSS_PERCENT = 5;

  private static final int OPENED_IDLE = IdleTrial.ALL - IdleTrial.BUSY;

  String text() {
    var text = new StringBuilder();
    text.append("\nbytes that an idle connection holds, of %,d\n".formatted(OPENED_IDLE));
    text.append(memoryTable());
    text.append(
        "\necho of 1 KiB on %d busy connections beside idle ones\n".formatted(IdleTrial.BUSY));
    text.append(loadTable());
    text.append(
        """

        heap: live objects after a full collection; of them, in classes of the JDK: sockets, keys,
        addresses, locks. native: buffers, foreign memory, threads, monitors. RAM: what the process
        has more, touched heap and all. The kernel's memory for a socket is in none of them.
        fewer calls, more CPU: than alone, in percent of the same round; medians, least and most.
        """);
    outcomes.stream()
        .filter(outcome -> outcome.rounds().size() < rounds)
        .forEach(
            outcome ->
                text.append(
                    "%s: %d of %d rounds counted, other load disturbed the others\n"
                        .formatted(outcome.contestant().name(), outcome.rounds().size(), rounds)));
    ours().forEach(outcome -> text.append(verdict(outcome)));
    return text.toString();
  }

  private String memoryTable() {
    var table = new TextTable();
    table.row("", "heap", "the JDK's", "native", "heap + native", "RAM", "library");
    for (var outcome : outcomes) {
      var idle = outcome.idle();
      boolean counted = outcome.contestant().program().isJava();
      table.row(
          TextReport.name(outcome.contestant()),
          counted ? each(idle.heapBytes()) : "-",
          counted ? each(idle.jdkBytes()) : "-",
          counted ? each(idle.nativeBytes()) : "-",
          counted ? each(heldBytes(outcome)) : "-",
          each(idle.residentBytes()),
          outcome.contestant().library());
    }
    return table.toString();
  }

  private static long heldBytes(Outcome outcome) {
    return outcome.idle().heapBytes() + outcome.idle().nativeBytes();
  }

  private static String each(long bytes) {
    return TextReport.whole((double) bytes / OPENED_IDLE);
  }

  private String loadTable() {
    var table = new TextTable();
    table.row(
        "",
        "idle",
        "calls/s",
        "server us",
        "fewer calls %",
        "least",
        "most",
        "more CPU %",
        "least",
        "most");
    for (var outcome : outcomes) {
      if (!outcome.rounds().isEmpty()) {
        table.row(cells(outcome, 0, Round::alone));
        table.row(cells(outcome, IdleTrial.SOME - IdleTrial.BUSY, Round::besideSome));
        table.row(cells(outcome, OPENED_IDLE, Round::besideAll));
      }
    }
    return table.toString();
  }

  private static String[] cells(Outcome outcome, int idle, Function<Round, Sample> which) {
    var rounds = outcome.rounds();
    double[] calls = sorted(rounds, round -> which.apply(round).callsPerSecond());
    double[] micros = sorted(rounds, round -> which.apply(round).serverMicros());
    double[] fewer = losses(rounds, which, IdleReport::fewerCallsPercent);
    double[] more = losses(rounds, which, IdleReport::moreCpuPercent);
    boolean alone = idle == 0;
    return new String[] {
      alone ? TextReport.name(outcome.contestant()) : "",
      "%,d".formatted(idle),
      TextReport.whole(median(calls)),
      TextReport.micros(median(micros)),
      alone ? "" : percent(median(fewer)),
      alone ? "" : percent(fewer[0]),
      alone ? "" : percent(fewer[fewer.length - 1]),
      alone ? "" : percent(median(more)),
      alone ? "" : percent(more[0]),
      alone ? "" : percent(more[more.length - 1])
    };
  }

  private static String percent(double value) {
    return "%.1f".formatted(value);
  }

  private static double[] losses(
      List<Round> rounds,
      Function<Round, Sample> which,
      ToDoubleBiFunction<Sample, Sample> percent) {
    return sorted(rounds, round -> percent.applyAsDouble(round.alone(), which.apply(round)));
  }

  private static double fewerCallsPercent(Sample alone, Sample beside) {
    return 100 * (1 - beside.callsPerSecond() / alone.callsPerSecond());
  }

  private static double moreCpuPercent(Sample alone, Sample beside) {
    return 100 * (beside.serverMicros() / alone.serverMicros() - 1);
  }

  private static double[] sorted(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] figures = rounds.stream().mapToDouble(figure).toArray();
    Arrays.sort(figures);
    return figures;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  // ---- limits

  /// Whether all of ours keep to the limits, as far as they were measured.
  boolean passed() {
    return ours().stream().allMatch(IdleReport::passed);
  }

  private List<Outcome> ours() {
    return outcomes.stream().filter(outcome -> outcome.contestant().isOurs()).toList();
  }

  private static boolean passed(Outcome outcome) {
    return heldBytes(outcome) <= (long) MAX_BYTES * OPENED_IDLE
        && !outcome.rounds().isEmpty()
        && lossPercent(outcome) < MAX_LOSS_PERCENT;
  }

  /// The larger of both losses with four idle connections for each busy one.
  private static double lossPercent(Outcome outcome) {
    var rounds = outcome.rounds();
    return Math.max(
        median(losses(rounds, Round::besideSome, IdleReport::fewerCallsPercent)),
        median(losses(rounds, Round::besideSome, IdleReport::moreCpuPercent)));
  }

  private static String verdict(Outcome outcome) {
    return "%s: %s: %s bytes a connection (expected: <= %,d), %s %% lost with 80 %% idle (expected: < %.0f)%n"
        .formatted(
            passed(outcome) ? "passed" : "FAILED",
            outcome.contestant().name(),
            each(heldBytes(outcome)),
            MAX_BYTES,
            outcome.rounds().isEmpty() ? "-" : percent(lossPercent(outcome)),
            MAX_LOSS_PERCENT);
  }
}
