package io.windhover.idl.diff;

import io.windhover.idl.Definition;
import io.windhover.idl.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Which file of the old version is which of the new one: the two that are compared, whatever their
/// names, and those they include, at any depth, by the names that references use.
final class Pairs {
  private final Map<Program, Program> after = new LinkedHashMap<>();

  Pairs(Program before, Program after) {
    this.after.put(before, after);
    var rest = new ArrayList<>(reachable(after));
    rest.remove(after);
    for (Program old : reachable(before)) {
      for (Program candidate : List.copyOf(rest)) {
        if (!this.after.containsKey(old) && candidate.name().equals(old.name())) {
          this.after.put(old, candidate);
          rest.remove(candidate);
        }
      }
    }
  }

  Map<Program, Program> all() {
    return after;
  }

  /// Whether a definition of the old version is one of the new, if perhaps changed.
  boolean areOne(Definition before, Definition after) {
    return before.name().equals(after.name()) && counterpart(before.program()) == after.program();
  }

  @Nullable Program counterpart(Program before) {
    return after.get(before);
  }

  private static SequencedSet<Program> reachable(Program root) {
    var found = new LinkedHashSet<Program>(List.of(root));
    var open = new ArrayList<>(found);
    while (!open.isEmpty()) {
      for (Program include : open.removeLast().includes()) {
        if (found.add(include)) {
          open.add(include);
        }
      }
    }
    return found;
  }
}
