package io.windhover.idl;

import io.windhover.idl.ast.BoolLiteral;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.IdentifierValue;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.ListLiteral;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.DepthFirst;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Finds the values of constants, each after those it is made of, whatever their order in the
/// files.
final class ConstantLinker {
  private final Function<Program, Scope> scopes;
  private final TypeLinker types;
  private final Diagnostics diagnostics;

  ConstantLinker(Function<Program, Scope> scopes, TypeLinker types, Diagnostics diagnostics) {
    this.scopes = scopes;
    this.types = types;
    this.diagnostics = diagnostics;
  }

  void link(Collection<Constant> constants) {
    var order = DepthFirst.walk(constants, this::constantsIn);
    for (List<Constant> cycle : order.cycles()) {
      diagnostics.report(
          ThriftRule.CONSTANT_CYCLE,
          cycle.getFirst().syntax().name().span(),
          "constant made of itself: " + DepthFirst.show(cycle));
    }
    order.postorder().forEach(this::link);
  }

  private void link(Constant constant) {
    Type type = types.resolveValue(constant.syntax().type(), constant.program());
    if (type == null) {
      return;
    }
    var checker = new ValueChecker(scopes.apply(constant.program()), diagnostics);
    var path = ValuePath.of(constant.name());
    Value value = checker.checkWhole(constant.syntax().value(), type, path);
    if (value != null) {
      constant.link(type, value);
    }
  }

  private List<Constant> constantsIn(Constant constant) {
    var found = new ArrayList<Constant>();
    collect(constant.syntax().value(), scopes.apply(constant.program()), found);
    return found;
  }

  private static void collect(ConstValue value, Scope scope, List<Constant> found) {
    switch (value) {
      case BoolLiteral _, DoubleLiteral _, IntLiteral _, StringLiteral _ -> {}
      case IdentifierValue identifier -> {
        if (scope.find(identifier.name()) instanceof Scope.Lookup.Found(Constant constant)) {
          found.add(constant);
        }
      }
      case ListLiteral list -> list.elements().forEach(it -> collect(it, scope, found));
      case MapLiteral map ->
          map.entries()
              .forEach(
                  entry -> {
                    collect(entry.key(), scope, found);
                    collect(entry.value(), scope, found);
                  });
    }
  }
}
