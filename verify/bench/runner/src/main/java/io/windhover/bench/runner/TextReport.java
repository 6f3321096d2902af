package io.windhover.bench.runner;

import java.time.Duration;
import java.util.List;

/// The results for a terminal.
final class TextReport {

  private final Results results;
  private final Plan plan;
  private final List<Contestant> contestants;
  private final Surroundings surroundings;

  TextReport(Results results, Plan plan, List<Contestant> contestants, Surroundings surroundings) {
    this.results = results;
    this.plan = plan;
    this.contestants = contestants;
    this.surroundings = surroundings;
  }

  String text() {
    var text = new StringBuilder();
    surroundings.facts().forEach((name, value) -> text.append(name + ": " + value + "\n"));
    for (var point : plan.points()) {
      text.append("\n" + point.title() + "\n" + table(point));
    }
    text.append("\nmemory and start\n" + startTable());
    text.append(
        """

        server us: CPU time of the server for a call, in microseconds. Quote this one: it does not
        depend on what the client can do or on who else wants the machine. Latency is measured from
        the intended start of a call. Rows are sorted by server us; `*` is ours.
        """);
    if (plan.points().stream().anyMatch(point -> point.work().messages() > 1)) {
      text.append(
          """
          Of a stream of many messages all figures are for one message, its share of opening and end
          included; but latency and errors, which are those of whole streams.
          """);
    }
    if (results.discarded() > 0) {
      text.append(results.discarded() + " turns were disturbed by other load and not counted.\n");
    }
    plan.points().forEach(point -> appendMissingRounds(text, point));
    results
        .failures()
        .forEach((contestant, why) -> text.append("broke down: " + contestant + ": " + why + "\n"));
    results
        .absent()
        .forEach((contestant, why) -> text.append("left out: " + contestant + ": " + why + "\n"));
    return text.toString();
  }

  /// A median of fewer rounds is worth less, and a row that is not there is easily overlooked.
  private void appendMissingRounds(StringBuilder text, Point point) {
    for (var contestant : contestants) {
      if (contestant.does(point) && !results.isOut(contestant)) {
        int counted =
            results.rows(point).stream()
                .filter(row -> row.contestant().equals(contestant))
                .mapToInt(Row::rounds)
                .sum();
        if (counted < plan.rounds()) {
          text.append(
              "%s, %s: %d of %d rounds counted\n"
                  .formatted(contestant.name(), point.title(), counted, plan.rounds()));
        }
      }
    }
  }

  private String table(Point point) {
    var table = new TextTable();
    table.row(headings(point.work()));
    results.rows(point).forEach(row -> table.row(cells(row)));
    return table.toString();
  }

  private static String[] headings(Work work) {
    return new String[] {
      "",
      work.unit() + "s/s",
      "least",
      "most",
      work.messages() > 1 ? "stream p50 us" : "p50 us",
      "p90",
      "p99",
      "p99.9",
      "server us",
      "client us",
      "B/" + work.unit(),
      "errors"
    };
  }

  private static String[] cells(Row row) {
    return new String[] {
      name(row.contestant()),
      whole(row.callsPerSecond().median()),
      whole(row.callsPerSecond().least()),
      whole(row.callsPerSecond().most()),
      whole(row.latencyMicros(50)),
      whole(row.latencyMicros(90)),
      whole(row.latencyMicros(99)),
      whole(row.latencyMicros(99.9)),
      micros(row.serverMicros()),
      micros(row.clientMicros()),
      whole(row.allocatedBytes()),
      row.unfinished() > 0
          ? row.errors() + ", " + row.unfinished() + " unfinished"
          : Long.toString(row.errors())
    };
  }

  private String startTable() {
    var table = new TextTable();
    table.row("", "MiB in RAM", "ms to first answer", "library");
    for (var contestant : contestants) {
      long resident =
          results.samples().stream()
              .filter(sample -> sample.contestant().equals(contestant))
              .mapToLong(Sample::residentBytes)
              .max()
              .orElse(0);
      if (resident > 0) {
        table.row(
            name(contestant),
            Long.toString(resident >> 20),
            Long.toString(results.toFirstAnswer(contestant).toMillis()),
            contestant.library());
      }
    }
    return table.toString();
  }

  static String name(Contestant contestant) {
    return (contestant.isOurs() ? "* " : "  ") + contestant.name();
  }

  static String whole(double value) {
    return Double.isNaN(value) ? "-" : "%,d".formatted(Math.round(value));
  }

  /// Three digits, or more in front of the point.
  static String micros(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return (value < 10 ? "%.2f" : "%.1f").formatted(value);
  }

  static String expectation(Plan plan, List<Contestant> contestants) {
    Duration expected = plan.expected(contestants);
    return "%d contestants, %d points, %d rounds: about %s minutes"
        .formatted(
            contestants.size(), plan.points().size(), plan.rounds(), Progress.clock(expected));
  }
}
