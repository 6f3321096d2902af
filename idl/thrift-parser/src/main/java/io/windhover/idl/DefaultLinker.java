package io.windhover.idl;

import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.DepthFirst;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Checks the defaults of fields.
final class DefaultLinker {
  private final Function<Program, Scope> scopes;
  private final Diagnostics diagnostics;

  DefaultLinker(Function<Program, Scope> scopes, Diagnostics diagnostics) {
    this.scopes = scopes;
    this.diagnostics = diagnostics;
  }

  /// @param owner what the fields belong to, as the start of a path
  void link(List<Field> fields, String owner, Program program) {
    var checker = new ValueChecker(scopes.apply(program), diagnostics);
    for (Field field : fields) {
      var written = field.syntax().defaultValue();
      if (written.isPresent() && !field.isPoisoned()) {
        var path = ValuePath.of(owner).member(field.name());
        Value value = checker.checkWhole(written.get(), field.type(), path);
        if (value != null) {
          field.link(value);
        }
      }
    }
  }

  /// Refuses a struct whose defaults hold the struct again: a new one would never be complete.
  void refuseEndless(Collection<StructType> structs) {
    var walk = DepthFirst.walk(structs, DefaultLinker::structsInDefaults);
    for (List<StructType> cycle : walk.cycles()) {
      StructType first = cycle.getFirst();
      diagnostics.report(
          ThriftRule.ENDLESS_DEFAULT,
          first.syntax().name().span(),
          "the defaults of %s %s never end: %s"
              .formatted(first.kind(), first, DepthFirst.show(cycle)));
    }
  }

  private static List<StructType> structsInDefaults(StructType struct) {
    var found = new ArrayList<StructType>();
    Set<Constant> seen = new HashSet<>();
    struct
        .fields()
        .forEach(field -> field.defaultValue().ifPresent(it -> collect(it, seen, found)));
    return found;
  }

  private static void collect(Value value, Set<Constant> seen, List<StructType> found) {
    switch (value) {
      case Value.OfStruct(StructType type, var members) -> {
        found.add(type);
        members.forEach(member -> collect(member.value(), seen, found));
      }
      case Value.OfList(var elements) -> elements.forEach(it -> collect(it, seen, found));
      case Value.OfMap(var entries) ->
          entries.forEach(
              entry -> {
                collect(entry.key(), seen, found);
                collect(entry.value(), seen, found);
              });
      case Value.OfConstant(Constant constant, Value content) -> {
        if (seen.add(constant)) {
          collect(content, seen, found);
        }
      }
      case Value.OfBool _,
          Value.OfInt _,
          Value.OfDouble _,
          Value.OfString _,
          Value.OfUuid _,
          Value.OfEnum _,
          Value.OfEnumNumber _ -> {}
    }
  }
}
