package io.windhover.idl.trim;

import io.windhover.idl.Definition;
import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.ast.Include;
import io.windhover.idl.ast.MethodDef;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// What must stay for what is wanted to make sense.
final class Reach {
  private final Set<Definition> definitions = new HashSet<>();
  private final Set<MethodDef> methods = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Program, Names> names = new HashMap<>();

  /// For each file the files that what stays of it refers to.
  private final Map<Program, Set<Program>> uses = new HashMap<>();

  void add(Definition definition) {
    if (definitions.add(definition)) {
      follow(definition.program(), References.of(definition.syntax()));
    }
  }

  /// @param service in which the method is written
  void add(Service service, Method method) {
    add(service);
    if (methods.add(method.syntax())) {
      follow(service.program(), References.of(method.syntax()));
    }
  }

  boolean has(Definition definition) {
    return definitions.contains(definition);
  }

  boolean has(Method method) {
    return methods.contains(method.syntax());
  }

  /// Whether something that stays refers to the included file.
  boolean has(Program program, Include include) {
    String prefix = include.prefix();
    return uses.getOrDefault(program, Set.of()).stream().anyMatch(it -> it.name().equals(prefix));
  }

  private void follow(Program program, Collection<String> references) {
    var scope = names.computeIfAbsent(program, Names::new);
    for (String name : references) {
      var definition = scope.find(name);
      if (definition != null) {
        if (definition.program() != program) {
          uses.computeIfAbsent(program, _ -> new HashSet<>()).add(definition.program());
        }
        add(definition);
      }
    }
  }
}
