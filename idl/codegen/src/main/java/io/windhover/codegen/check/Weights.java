package io.windhover.codegen.check;

import io.windhover.idl.validation.Constraint;
import io.windhover.idl.validation.ValueRules;
import java.util.ArrayList;
import java.util.List;

/// How much code rules take, so that each fits into a method. A unit is some 30 bytes.
///
/// @param max of a piece
record Weights(int max) {

  int of(ValueRules rules) {
    return 2 + rules.constraints().stream().mapToInt(Weights.this::of).sum();
  }

  private int of(Constraint constraint) {
    return switch (constraint) {
      case Constraint.Comparison comparison -> 1 + comparison.operand().size();
      case Constraint.Size size -> 1 + size.operand().size();
      case Constraint.Membership membership -> 1 + membership.operands().size();
      case Constraint.Pattern _, Constraint.DefinedOnly _, Constraint.NoSparse _ -> 2;
      case Constraint.Each each -> 2 + of(each.rules());
    };
  }

  /// Divides rules that are too many for a method. What is in containers is then looked at in more
  /// than one loop.
  List<ValueRules> pieces(ValueRules rules) {
    if (of(rules) <= max) {
      return List.of(rules);
    }
    var pieces = new ArrayList<ValueRules>();
    var piece = new ArrayList<Constraint>();
    boolean notNil = rules.notNil();
    int weight = 2;
    for (var constraint : divided(rules.constraints())) {
      if (weight + of(constraint) > max && !piece.isEmpty()) {
        pieces.add(new ValueRules(notNil, rules.skips(), piece));
        notNil = false;
        piece.clear();
        weight = 2;
      }
      piece.add(constraint);
      weight += of(constraint);
    }
    pieces.add(new ValueRules(notNil, rules.skips(), piece));
    return pieces;
  }

  private List<Constraint> divided(List<Constraint> constraints) {
    var divided = new ArrayList<Constraint>();
    for (var constraint : constraints) {
      if (constraint instanceof Constraint.Each each) {
        new Weights(max - 4)
            .pieces(each.rules())
            .forEach(it -> divided.add(new Constraint.Each(each.key(), each.type(), it)));
      } else {
        divided.add(constraint);
      }
    }
    return divided;
  }
}
