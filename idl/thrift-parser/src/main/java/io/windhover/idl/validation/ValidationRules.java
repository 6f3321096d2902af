package io.windhover.idl.validation;

import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType;
import io.windhover.source.Diagnostic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of some files and of all that they include.
///
/// A rule that cannot be understood is an error and left out: whoever generates from these rules
/// looks at [#diagnostics] first.
public final class ValidationRules {
  private final Map<StructType, StructRules> structs;
  private final Map<Method, StructRules> arguments;
  private final List<Diagnostic> diagnostics;
  private final Set<StructType> validated;

  ValidationRules(
      Map<StructType, StructRules> structs,
      Map<Method, StructRules> arguments,
      List<Diagnostic> diagnostics) {
    this.structs = structs;
    this.arguments = arguments;
    this.diagnostics = List.copyOf(diagnostics);
    this.validated = validated(structs);
  }

  /// Parses all `vt.*` annotations of `programs` and of what they include.
  public static ValidationRules of(Collection<Program> programs) {
    return new RuleCollector().collect(programs);
  }

  /// What is wrong with the rules: errors only.
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /// The rules that stand at a struct.
  public StructRules of(StructType struct) {
    return structs.getOrDefault(struct, StructRules.NONE);
  }

  /// The rules that stand at the arguments of a method.
  public StructRules ofArguments(Method method) {
    return arguments.getOrDefault(method, StructRules.NONE);
  }

  /// Whether there is anything to check in a struct: its own rules, or those of a struct that is in
  /// it and looked into.
  public boolean isValidated(StructType struct) {
    return validated.contains(struct);
  }

  /// Whether there is anything to check in a value.
  public boolean isChecked(TrueType type, ValueRules rules) {
    return rules.notNil()
        || looksInto(type, rules)
        || rules.constraints().stream().anyMatch(this::isChecked);
  }

  private boolean isChecked(Constraint constraint) {
    return !(constraint instanceof Constraint.Each each) || isChecked(each.type(), each.rules());
  }

  /// Whether the rules of a value, a struct, are to be checked with it.
  public boolean looksInto(TrueType type, ValueRules rules) {
    return type instanceof StructType struct && !rules.skips() && isValidated(struct);
  }

  /// Finds the structs with rules, and then those that hold them.
  private static Set<StructType> validated(Map<StructType, StructRules> structs) {
    Map<StructType, List<StructType>> holders = new HashMap<>();
    var fresh = new ArrayDeque<StructType>();
    structs.forEach(
        (struct, rules) -> {
          if (isRuled(struct, rules)) {
            fresh.add(struct);
          }
          for (var field : struct.fields()) {
            for (var child : children(field.type().trueType(), rules.of(field))) {
              holders.computeIfAbsent(child, _ -> new ArrayList<>()).add(struct);
            }
          }
        });
    Set<StructType> validated = new HashSet<>();
    while (!fresh.isEmpty()) {
      var struct = fresh.remove();
      if (validated.add(struct)) {
        fresh.addAll(holders.getOrDefault(struct, List.of()));
      }
    }
    return validated;
  }

  private static boolean isRuled(StructType struct, StructRules rules) {
    return !rules.assertions().isEmpty()
        || struct.fields().stream().map(rules::of).anyMatch(ValidationRules::isRuled);
  }

  private static boolean isRuled(ValueRules rules) {
    return rules.notNil()
        || rules.constraints().stream()
            .anyMatch(it -> !(it instanceof Constraint.Each each) || isRuled(each.rules()));
  }

  /// The structs that are checked with a value.
  private static List<StructType> children(TrueType type, ValueRules rules) {
    if (type instanceof StructType struct) {
      return rules.skips() ? List.of() : List.of(struct);
    }
    var children = new ArrayList<StructType>();
    for (var constraint : rules.constraints()) {
      if (constraint instanceof Constraint.Each each) {
        children.addAll(children(each.type(), each.rules()));
      }
    }
    return children;
  }
}
