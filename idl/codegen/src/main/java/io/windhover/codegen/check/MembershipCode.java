package io.windhover.codegen.check;

import io.windhover.idl.BaseType;
import io.windhover.idl.EnumType;
import io.windhover.idl.TrueType;
import io.windhover.idl.Value;
import io.windhover.idl.validation.Constraint.Membership;
import io.windhover.idl.validation.Operand;
import io.windhover.idl.validation.Operand.Literal;
import io.windhover.idl.validation.RuleKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the conditions of `vt.in` and `vt.not_in`: comparisons in a row, or a look into a set
/// where the values are many.
final class MembershipCode {
  private static final int MAX_ROW = 8;

  private final OperandCode operands;
  private final CheckConstants constants;

  MembershipCode(OperandCode operands, CheckConstants constants) {
    this.operands = operands;
    this.constants = constants;
  }

  /// Returns the condition for that the rule is broken.
  String broken(Membership rule, TrueType type, String access) {
    boolean isIn = rule.key() == RuleKey.IN;
    var literals = rule.operands().stream().filter(Literal.class::isInstance).toList();
    boolean hasSet = literals.size() > MAX_ROW;
    var conditions = new ArrayList<String>();
    if (hasSet) {
      conditions.add((isIn ? "!" : "") + contains(type, access, literals));
    }
    for (var operand : rule.operands()) {
      if (!hasSet || !(operand instanceof Literal)) {
        conditions.add(compared(isIn, type, access, operand));
      }
    }
    return String.join(isIn ? " ¦&& " : " ¦|| ", conditions);
  }

  /// @param isIn whether to say that the value is another one, not that it is this one
  private String compared(boolean isIn, TrueType type, String access, Operand operand) {
    var presence = operands.presence(operand);
    var other = operands.expression(operand);
    boolean isObject =
        type == BaseType.STRING || type == BaseType.BINARY || type instanceof EnumType;
    if (presence.isEmpty()) {
      return isObject
          ? "%s%s.equals(%s)".formatted(isIn ? "!" : "", access, other)
          : "%s %s %s".formatted(access, isIn ? "!=" : "==", other);
    }
    var same = isObject ? access + ".equals(" + other + ")" : access + " == " + other;
    return "%s(%s && %s)".formatted(isIn ? "!" : "", presence, same);
  }

  private String contains(TrueType type, String access, List<Operand> literals) {
    if (type == BaseType.DOUBLE) {
      var values = literals.stream().map(operands::expression).collect(Collectors.joining(", ¦"));
      var array = constants.constant("VALUES", "double[]", "{¦" + values + "}");
      return "`Functions`.isIn(%s, %s)".formatted(access, array);
    }
    Set<Value> seen = new HashSet<>();
    var values =
        literals.stream()
            .map(Literal.class::cast)
            .filter(it -> seen.add(distinguished(it.value())))
            .map(it -> cast(type) + operands.expression(it))
            .collect(Collectors.joining(", ¦"));
    var set =
        constants.constant(
            "VALUES", "`Set`<%s>".formatted(boxed(type)), "`Set`.of(¦" + values + ")");
    return "%s.contains(%s)".formatted(set, access);
  }

  /// Items of one number are one constant, which a set takes once.
  private static Value distinguished(Value value) {
    return value instanceof Value.OfEnum(EnumType.Item item)
        ? new Value.OfEnumNumber(item.value())
        : value;
  }

  private static String cast(TrueType type) {
    return type == BaseType.I8 ? "(byte) " : type == BaseType.I16 ? "(short) " : "";
  }

  private String boxed(TrueType type) {
    return switch (type) {
      case BaseType.I8 -> "`Byte`";
      case BaseType.I16 -> "`Short`";
      case BaseType.I32 -> "`Integer`";
      case BaseType.I64 -> "`Long`";
      case BaseType.STRING -> "`String`";
      case BaseType.BINARY -> "`Binary`";
      case EnumType named -> operands.typeName(named);
      default -> throw new IllegalArgumentException(type + " has no vt.in");
    };
  }
}
