package io.windhover.idl.trim;

import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Program;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names of a file that has no errors: whatever can be a reference is one.
final class Names {
  private final Program program;
  private final Map<Program, Map<String, Definition>> definitions = new HashMap<>();

  Names(Program program) {
    this.program = program;
  }

  /// What a name in this file leads to: a definition, or the enum of an item. Null for a bare item
  /// of an enum, whose type is named beside it.
  @Nullable Definition find(String name) {
    Definition own = find(program, name);
    if (own != null) {
      return own;
    }
    for (Program include : program.includes()) {
      String prefix = include.name() + ".";
      Definition found =
          name.startsWith(prefix) ? find(include, name.substring(prefix.length())) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Definition find(Program place, String name) {
    var names = definitions.computeIfAbsent(place, Names::byName);
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return names.get(name);
    }
    return names.get(name.substring(0, dot)) instanceof EnumType type ? type : null;
  }

  private static Map<String, Definition> byName(Program place) {
    var names = new HashMap<String, Definition>();
    place.definitions().forEach(it -> names.put(it.name(), it));
    return names;
  }
}
