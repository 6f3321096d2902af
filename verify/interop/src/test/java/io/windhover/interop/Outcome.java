package io.windhover.interop;

import java.util.ArrayList;
import java.util.List;

/// How one scenario ended.
///
/// @param scenario its name, the same in every language
/// @param ok whether everything was as it has to be
/// @param detail what went wrong, or what the scenario found worth telling
record Outcome(String scenario, boolean ok, String detail) {

  /// Reads what clients in other languages print: a name, "ok" or "FAILED" and a detail, with tabs
  /// in between, one a line. Other lines say something else.
  static List<Outcome> read(String output) {
    var outcomes = new ArrayList<Outcome>();
    for (var line : output.lines().toList()) {
      var cells = line.split("\t", -1);
      if (cells.length == 3) {
        outcomes.add(new Outcome(cells[0], cells[1].equals("ok"), cells[2]));
      }
    }
    return outcomes;
  }
}
