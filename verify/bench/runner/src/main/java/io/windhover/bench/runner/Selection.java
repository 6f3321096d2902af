package io.windhover.bench.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Who takes part in a run: whom the user named, as far as they can be had here.
///
/// @param contestants who take part
/// @param absent whoever cannot, and why
record Selection(List<Contestant> contestants, Map<String, String> absent) {

  /// @param all in the order of the table
  /// @param preset who takes part if the user names nobody
  /// @param only whom the user named; if one of them can not be had, there is no run
  /// @param without whom the user leaves out
  /// @param build makes a program ready, or says why it can not be
  /// @throws UsageException if a name is unknown, somebody named is absent, or nobody is left
  static Selection of(
      List<Contestant> all,
      List<Contestant> preset,
      List<String> only,
      List<String> without,
      Function<Program, Optional<String>> build)
      throws UsageException {
    var chosen = only.isEmpty() ? preset : named(all, only);
    var dropped = named(all, without);
    var present = new ArrayList<Contestant>();
    var absent = new LinkedHashMap<String, String>();
    var states = new LinkedHashMap<Program, Optional<String>>();
    for (var contestant : chosen) {
      if (dropped.contains(contestant)) {
        continue;
      }
      var why = states.computeIfAbsent(contestant.program(), build);
      if (why.isEmpty()) {
        why = states.computeIfAbsent(contestant.loader().program(), build);
      }
      if (why.isEmpty()) {
        present.add(contestant);
      } else if (only.isEmpty()) {
        absent.put(contestant.name(), why.get());
      } else {
        throw new UsageException(contestant.name() + ": " + why.get());
      }
    }
    if (present.isEmpty()) {
      throw new UsageException("no contestant is left");
    }
    return new Selection(present, absent);
  }

  private static List<Contestant> named(List<Contestant> all, List<String> names)
      throws UsageException {
    var found = new ArrayList<Contestant>();
    for (var name : names) {
      found.add(
          all.stream()
              .filter(contestant -> contestant.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(all, name)));
    }
    return found;
  }

  private static UsageException unknown(List<Contestant> all, String name) {
    var names = all.stream().map(Contestant::name).toList();
    int near = Math.min(3, (name.length() + 1) / 3);
    var suggestion =
        names.stream()
            .filter(other -> distance(name, other) <= near)
            .min(Comparator.comparingInt(other -> distance(name, other)))
            .map("; did you mean %s?"::formatted)
            .orElse("");
    return new UsageException(
        "no contestant is named %s%s (there are: %s)"
            .formatted(name, suggestion, String.join(", ", names)));
  }

  /// How many letters have to change (Levenshtein's distance).
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
      }
      above = row;
    }
    return above[b.length()];
  }
}
