package io.windhover.idl;

import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;

/// Checks that a union has arms, and that it is clear which of them an empty one has.
final class UnionChecker {
  private final Diagnostics diagnostics;

  UnionChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(StructType type) {
    if (type.kind() != StructKind.UNION) {
      return;
    }
    if (type.syntax().fields().isEmpty()) {
      String message = "union " + type + " has no arms, so it has no values";
      diagnostics.report(ThriftRule.EMPTY_TYPE, type.syntax().name().span(), message);
    }
    FieldDef first = null;
    for (FieldDef arm : type.syntax().fields()) {
      if (arm.defaultValue().isEmpty()) {
        continue;
      }
      if (first == null) {
        first = arm;
      } else {
        String message = "a second default in union " + type + ", which has one arm only";
        diagnostics.report(
            Diagnostic.of(ThriftRule.UNION_DEFAULTS, arm.defaultValue().get().span(), message)
                .withLabel(first.span(), "the first default"));
      }
    }
  }
}
