package io.windhover.idl;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The scope of each file.
final class Scopes {
  private final Map<Program, Scope> byProgram = new LinkedHashMap<>();

  void add(Scope scope) {
    byProgram.put(scope.program(), scope);
  }

  Collection<Scope> all() {
    return byProgram.values();
  }

  Scope of(Program program) {
    return Objects.requireNonNull(byProgram.get(program));
  }
}
