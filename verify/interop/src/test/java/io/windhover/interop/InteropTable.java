package io.windhover.interop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came out: a row for each scenario, a column for each pairing.
final class InteropTable {
  private final Map<String, Map<Column, Outcome>> rows = new LinkedHashMap<>();
  private final Map<Column, Integer> numbers = new LinkedHashMap<>();

  void add(Column column, List<Outcome> outcomes) {
    numbers.put(column, numbers.size() + 1);
    for (var outcome : outcomes) {
      rows.computeIfAbsent(outcome.scenario(), scenario -> new LinkedHashMap<>())
          .put(column, outcome);
    }
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    numbers.forEach((column, number) -> text.append("%3d  %s%n".formatted(number, column)));
    text.append("%n%-28s".formatted("scenario"));
    numbers.values().forEach(number -> text.append("%7d".formatted(number)));
    rows.forEach(
        (scenario, cells) -> {
          text.append("%n%-28s".formatted(scenario));
          numbers.keySet().forEach(column -> text.append("%7s".formatted(cell(cells.get(column)))));
        });
    return text.append(System.lineSeparator()).toString();
  }

  private static String cell(Outcome outcome) {
    if (outcome == null) {
      return "-"; // the client cannot run it
    }
    return outcome.ok() ? "ok" : "FAILED";
  }
}
