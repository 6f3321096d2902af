package io.windhover.bench.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that was measured, and who did not last.
final class Results {

  private final List<Sample> samples = new ArrayList<>();
  private final Map<Contestant, List<Duration>> firstAnswers = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private int discarded;

  void add(Sample sample) {
    samples.add(sample);
  }

  void addFirstAnswer(Contestant contestant, Duration time) {
    firstAnswers.computeIfAbsent(contestant, _ -> new ArrayList<>()).add(time);
  }

  /// The contestant is out.
  void fail(Contestant contestant, String why) {
    failures.put(contestant.name(), why);
  }

  /// The contestant could not take part from the start.
  void leaveOut(String contestant, String why) {
    absent.put(contestant, why);
  }

  void discard() {
    discarded++;
  }

  boolean isOut(Contestant contestant) {
    return failures.containsKey(contestant.name());
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  Map<String, String> failures() {
    return failures;
  }

  Map<String, String> absent() {
    return absent;
  }

  /// How many turns were not counted, because other load disturbed them.
  int discarded() {
    return discarded;
  }

  /// Returns the rows of a point, the least CPU time first.
  List<Row> rows(Point point) {
    var byContestant = new LinkedHashMap<Contestant, List<Sample>>();
    for (var sample : samples) {
      if (sample.point().equals(point)) {
        byContestant.computeIfAbsent(sample.contestant(), _ -> new ArrayList<>()).add(sample);
      }
    }
    return byContestant.values().stream()
        .map(Row::of)
        .sorted(
            Comparator.comparing((Row row) -> row.contestant().group())
                .thenComparingDouble(Row::serverMicros))
        .toList();
  }

  /// Returns the time from the start of both processes to the first answer.
  Duration toFirstAnswer(Contestant contestant) {
    var times = firstAnswers.getOrDefault(contestant, List.of());
    return times.isEmpty() ? Duration.ZERO : times.stream().sorted().toList().get(times.size() / 2);
  }

  /// Returns the calls per second of the slowest of a group at a point, or 0 if there is none.
  double slowest(Contestant.Group group, Point point) {
    return rows(point).stream()
        .filter(row -> row.contestant().group() == group)
        .mapToDouble(row -> row.callsPerSecond().median())
        .min()
        .orElse(0);
  }
}
