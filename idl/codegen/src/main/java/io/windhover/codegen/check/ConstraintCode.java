package io.windhover.codegen.check;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.TypeNames;
import io.windhover.idl.BaseType;
import io.windhover.idl.EnumType;
import io.windhover.idl.TrueType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.validation.Constraint;
import io.windhover.idl.validation.Operand;
import io.windhover.idl.validation.Operand.Call;
import io.windhover.idl.validation.RuleKey;
import io.windhover.idl.validation.StructRules.Assertion;
import io.windhover.idl.validation.ValidationRules;
import io.windhover.idl.validation.ValueRules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes the code that checks single values, as lines for [io.windhover.codegen.model.JavaSource].
///
/// The object that is checked is in the variable `value`, the run over it in `out`.
final class ConstraintCode {
  private final ValidationRules rules;
  private final TypeNames names;
  private final OperandCode operands;
  private final MembershipCode memberships;
  private final CheckConstants constants;
  private final List<String> lines = new ArrayList<>();
  private int bounds;

  ConstraintCode(Checks checks, ValidationRules rules, TypeNames names, CheckConstants constants) {
    this.rules = rules;
    this.names = names;
    this.constants = constants;
    this.operands =
        new OperandCode(
            names, checks.references(), code -> constants.constant("BYTES", "`Binary`", code));
    this.memberships = new MembershipCode(operands, constants);
  }

  /// Where a value is, for the report of a violation.
  ///
  /// @param field the name of the field in the IDL; empty for what is in a container
  /// @param rule the words of nested rules before the own one, such as `elem.`
  /// @param depth how many containers the value is in
  /// @param isRedacted whether the value must not show
  record Place(String field, String rule, int depth, boolean isRedacted) {

    static Place of(JavaField field) {
      return new Place(field.idlName(), "", 0, field.isRedacted());
    }

    Place inside(RuleKey part) {
      return new Place("", rule + part + ".", depth + 1, isRedacted);
    }

    /// Returns what a report says of the value.
    String shown(String value) {
      return isRedacted ? "`Validation`.REDACTED" : value;
    }

    /// Returns a name that no variable of a surrounding loop has.
    String variable(String name) {
      return depth == 0 ? name : name + (depth + 1);
    }
  }

  /// How a value is read.
  ///
  /// @param expression its Java
  /// @param own a condition for that the value was set; empty if it always is
  /// @param presence a condition for that there is a value; empty if there always is
  record Access(String expression, String own, String presence) {

    static Access of(JavaField field) {
      return new Access(
          OperandCode.read(field), OperandCode.ownPresence(field), OperandCode.presence(field));
    }

    /// Of a variable that may be null.
    static Access variable(String name) {
      var presence = name + " != null";
      return new Access(name, presence, presence);
    }

    /// Of what is always there.
    static Access sure(String expression) {
      return new Access(expression, "", "");
    }
  }

  /// Returns the lines made since the last time.
  List<String> take() {
    var taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  void value(TrueType type, ValueRules valueRules, Access access, Place place) {
    boolean mustBeSet = valueRules.notNil() && !access.own.isEmpty();
    if (mustBeSet) {
      lines.add("if (%s) {".formatted(negated(access.own)));
      fail(place, RuleKey.NOT_NIL, type, "", "null");
    }
    boolean isElse = mustBeSet && access.own.equals(access.presence);
    if (mustBeSet && !isElse) {
      lines.add("}");
    }
    int start = lines.size();
    if (!access.presence.isEmpty()) {
      lines.add(isElse ? "} else {" : "if (%s) {".formatted(access.presence));
    }
    int body = lines.size();
    present(type, valueRules, access.expression, place);
    if (lines.size() == body) {
      lines.subList(start, body).clear();
    }
    if (isElse || (lines.size() > body && !access.presence.isEmpty())) {
      lines.add("}");
    }
  }

  private void present(TrueType type, ValueRules valueRules, String access, Place place) {
    if (rules.looksInto(type, valueRules)) {
      child(access, place);
    }
    valueRules.constraints().forEach(it -> constraint(it, type, access, place));
  }

  /// Checks a condition on the object as a whole.
  void assertion(Assertion assertion) {
    var presence = operands.presence(assertion.condition());
    var condition = operands.expression(assertion.condition());
    lines.add("if (%s!(%s)) {".formatted(presence.isEmpty() ? "" : presence + " && ", condition));
    var place = new Place("", "", 0, false);
    fail(place, RuleKey.ASSERT, BaseType.BOOL, assertion.written(), "false");
    lines.add("}");
  }

  private static String negated(String presence) {
    return presence.endsWith(" != null")
        ? presence.replace(" != null", " == null")
        : "!" + presence;
  }

  private void child(String access, Place place) {
    boolean isField = !place.field.isEmpty();
    if (isField) {
      lines.add("out.enter(%s);".formatted(JavaLiterals.quote(place.field)));
    }
    lines.add("%s.validate(out);".formatted(access));
    if (isField) {
      lines.add("out.leave();");
    }
  }

  private void constraint(Constraint constraint, TrueType type, String access, Place place) {
    switch (constraint) {
      case Constraint.Comparison(RuleKey key, Operand operand) -> {
        var expectation = Expectation.of(key, type);
        compare(
            place, key, expectation, operand, access, other -> broken(key, type, access, other));
      }
      case Constraint.Size(RuleKey key, Operand operand) -> {
        boolean isRunes = key == RuleKey.MIN_RUNE_SIZE || key == RuleKey.MAX_RUNE_SIZE;
        boolean isMinimum = key == RuleKey.MIN_SIZE || key == RuleKey.MIN_RUNE_SIZE;
        var size =
            isRunes
                ? "`Functions`.codePoints(%s)".formatted(access)
                : OperandCode.length(type, access);
        var expectation = Expectation.of(key, type).inNumber(operand);
        var relation = isMinimum ? "%s < %s" : "%s > %s";
        compare(place, key, expectation, operand, size, other -> relation.formatted(size, other));
      }
      case Constraint.Membership membership -> {
        lines.add("if (%s) {".formatted(memberships.broken(membership, type, access)));
        var expected = Expectation.of(membership.key(), type).list(membership.operands());
        failWith(place, membership.key(), expected, access);
        lines.add("}");
      }
      case Constraint.Pattern pattern -> pattern(pattern, type, access, place);
      case Constraint.DefinedOnly _ -> {
        var unknown = names.java((EnumType) type) + ".Unknown";
        lines.add("if (%s instanceof %s) {".formatted(access, unknown));
        fail(place, RuleKey.DEFINED_ONLY, type, type.toString(), access);
        lines.add("}");
      }
      case Constraint.NoSparse _ -> {
        lines.add("if (%s.values().stream().anyMatch(`Objects`::isNull)) {".formatted(access));
        fail(place, RuleKey.NO_SPARSE, type, "", "null");
        lines.add("}");
      }
      case Constraint.Each each -> {
        if (rules.isChecked(each.type(), each.rules())) {
          each(each, access, type, place);
        }
      }
    }
  }

  private void pattern(Constraint.Pattern pattern, TrueType type, String access, Place place) {
    var compiled =
        constants.constant(
            "PATTERN",
            "`Pattern`",
            "`Pattern`.compile(%s)".formatted(JavaLiterals.quote(pattern.java())));
    var text = type == BaseType.STRING ? access : "`Functions`.decoded(%s)".formatted(access);
    lines.add("if (!`Functions`.finds(%s, %s)) {".formatted(compiled, text));
    fail(place, RuleKey.PATTERN, type, "'" + pattern.written() + "'", access);
    lines.add("}");
  }

  /// Compares with an operand, unless a field is absent that the operand reads.
  ///
  /// @param broken turns the expression for the operand into the condition of a violation
  private void compare(
      Place place,
      RuleKey key,
      Expectation expectation,
      Operand operand,
      String actual,
      UnaryOperator<String> broken) {
    var presence = operands.presence(operand);
    var other = operands.expression(operand);
    if (operand instanceof Call) { // is evaluated once
      var bound = "bound" + ++bounds;
      if (!presence.isEmpty()) {
        lines.add("if (%s) {".formatted(presence));
      }
      lines.add("var %s = ¦%s;".formatted(bound, other));
      lines.add("if (%s) {".formatted(broken.apply(bound)));
      failWith(place, key, expected(expectation, operand, bound), actual);
      lines.add("}");
      if (!presence.isEmpty()) {
        lines.add("}");
      }
    } else {
      var guard = presence.isEmpty() ? "" : presence + " && ";
      lines.add("if (%s%s) {".formatted(guard, broken.apply(other)));
      failWith(place, key, expected(expectation, operand, other), actual);
      lines.add("}");
    }
  }

  private String expected(Expectation expectation, Operand operand, String expression) {
    return operands.isRedacted(operand)
        ? expectation.literal(operand.toString())
        : expectation.current(operand, expression);
  }

  private static String broken(RuleKey key, TrueType type, String access, String other) {
    boolean isText = type == BaseType.STRING || type == BaseType.BINARY;
    return switch (key) {
      case LT -> access + " >= " + other;
      case LE -> access + " > " + other;
      case GT -> access + " <= " + other;
      case GE -> access + " < " + other;
      case PREFIX -> "!%s.startsWith(%s)".formatted(access, other);
      case SUFFIX -> "!%s.endsWith(%s)".formatted(access, other);
      case CONTAINS -> "!%s.contains(%s)".formatted(access, other);
      case NOT_CONTAINS -> "%s.contains(%s)".formatted(access, other);
      default ->
          isText || type instanceof EnumType
              ? "!%s.equals(%s)".formatted(access, other)
              : access + " != " + other;
    };
  }

  private void each(Constraint.Each each, String access, TrueType container, Place place) {
    var inside = place.inside(each.key());
    lines.add("out.enter(%s);".formatted(JavaLiterals.quote(place.field)));
    String item;
    if (container instanceof MapType && each.key() == RuleKey.KEY) {
      item = place.variable("key");
      lines.add("for (var %s : %s.keySet()) {".formatted(item, access));
      lines.add("out.key(%s);".formatted(place.shown(item)));
    } else if (container instanceof MapType) {
      var entry = place.variable("entry");
      item = place.variable("item");
      lines.add("for (var %s : %s.entrySet()) {".formatted(entry, access));
      lines.add("out.key(%s);".formatted(place.shown(entry + ".getKey()")));
      lines.add("var %s = %s.getValue();".formatted(item, entry));
    } else {
      item = place.variable("item");
      lines.add("for (var %s : %s) {".formatted(item, access));
      lines.add("out.next();");
    }
    value(each.type(), each.rules(), Access.variable(item), inside);
    lines.add("}");
    lines.add("out.leave();");
  }

  private void fail(Place place, RuleKey key, TrueType type, String shown, String actual) {
    failWith(place, key, Expectation.of(key, type).literal(shown), actual);
  }

  private void failWith(Place place, RuleKey key, String expected, String actual) {
    var field = place.field.isEmpty() ? "" : JavaLiterals.quote(place.field) + ", ¦";
    lines.add(
        "out.fail(¦%s\"%s\", ¦%s, ¦%s);"
            .formatted(field, place.rule + key, expected, place.shown(actual)));
  }
}
