package io.windhover.idl;

import io.windhover.idl.ast.Requiredness;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.DepthFirst;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Refuses structs that no finite value can have: those that require themselves.
///
/// A struct has finite values if each struct it requires has; a union if one of its arms has.
/// Starting from the types that require none, this finds all that have, and what is left is
/// endless.
final class Recursion {
  private final Diagnostics diagnostics;

  Recursion(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Collection<StructType> structs) {
    Set<StructType> endless = new HashSet<>(structs);
    finite(structs).forEach(endless::remove);
    var walk =
        DepthFirst.<StructType>walk(
            structs.stream().filter(endless::contains).toList(),
            it -> needed(it).stream().filter(endless::contains).toList());
    for (List<StructType> cycle : walk.cycles()) {
      StructType first = cycle.getFirst();
      diagnostics.report(
          ThriftRule.ENDLESS_STRUCT,
          first.syntax().name().span(),
          "%s %s never ends: %s".formatted(first.kind(), first, DepthFirst.show(cycle)),
          "make one of the fields in between optional");
    }
  }

  private static Set<StructType> finite(Collection<StructType> structs) {
    Map<StructType, Integer> missing = new HashMap<>();
    Map<StructType, List<StructType>> neededBy = new HashMap<>();
    Set<StructType> finite = new HashSet<>();
    Deque<StructType> fresh = new ArrayDeque<>();
    for (StructType struct : structs) {
      var needed = needed(struct);
      int count = needed.size();
      if (struct.kind() == StructKind.UNION) {
        boolean hasOtherArm = count < struct.fields().size();
        count = hasOtherArm || count == 0 ? 0 : 1; // any one of them will do
      }
      missing.put(struct, count);
      needed.forEach(it -> neededBy.computeIfAbsent(it, _ -> new ArrayList<>()).add(struct));
      if (count == 0) {
        fresh.add(struct);
      }
    }
    while (!fresh.isEmpty()) {
      StructType struct = fresh.remove();
      if (finite.add(struct)) {
        for (StructType user : neededBy.getOrDefault(struct, List.of())) {
          if (missing.merge(user, -1, Integer::sum) == 0) {
            fresh.add(user);
          }
        }
      }
    }
    return finite;
  }

  /// The structs among the required fields of a struct or exception, or the arms of a union.
  private static List<StructType> needed(StructType struct) {
    var needed = new ArrayList<StructType>();
    for (Field field : struct.fields()) {
      boolean isNeeded =
          struct.kind() == StructKind.UNION || field.requiredness() == Requiredness.REQUIRED;
      if (isNeeded && !field.isPoisoned() && field.type().trueType() instanceof StructType type) {
        needed.add(type);
      }
    }
    return needed;
  }
}
