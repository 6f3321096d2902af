package io.windhover.codegen.check;

import io.windhover.codegen.model.JavaLiterals;
import io.windhover.idl.BaseType;
import io.windhover.idl.TrueType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.Value;
import io.windhover.idl.validation.Operand;
import io.windhover.idl.validation.Operand.Literal;
import io.windhover.idl.validation.RuleKey;
import io.windhover.source.Quote;
import java.util.List;
import java.util.stream.Collectors;

/// What a rule wants, in words that fit behind "the field needs".
///
/// @param before in front of what the rule compares with
/// @param after behind it
record Expectation(String before, String after) {
  private static final int MAX_SHOWN = 10;

  /// @param type of the value that the rule is for
  static Expectation of(RuleKey key, TrueType type) {
    return switch (key) {
      case LT -> new Expectation("a value below ", "");
      case LE -> new Expectation("at most ", "");
      case GT -> new Expectation("a value above ", "");
      case GE -> new Expectation("at least ", "");
      case CONST -> new Expectation("the value ", "");
      case PREFIX -> new Expectation("the prefix ", "");
      case SUFFIX -> new Expectation("the suffix ", "");
      case CONTAINS -> new Expectation("", " in it");
      case NOT_CONTAINS -> new Expectation("no ", " in it");
      case MIN_SIZE, MIN_RUNE_SIZE -> new Expectation("at least ", " " + unit(key, type));
      case MAX_SIZE, MAX_RUNE_SIZE -> new Expectation("at most ", " " + unit(key, type));
      case IN -> new Expectation("one of ", "");
      case NOT_IN -> new Expectation("none of ", "");
      case PATTERN -> new Expectation("a match of ", "");
      case DEFINED_ONLY -> new Expectation("an item of ", "");
      case NO_SPARSE -> new Expectation("a value for each key", "");
      case NOT_NIL -> new Expectation("a value", "");
      case ASSERT -> new Expectation("", " to hold");
      case ELEM, KEY, VALUE, SKIP -> throw new IllegalArgumentException(key + " cannot be broken");
    };
  }

  private static String unit(RuleKey key, TrueType type) {
    if (key == RuleKey.MIN_RUNE_SIZE || key == RuleKey.MAX_RUNE_SIZE) {
      return "characters";
    }
    return switch (type) {
      case BaseType base -> base == BaseType.STRING ? "bytes of UTF-8" : "bytes";
      case MapType _ -> "entries";
      default -> "elements";
    };
  }

  /// Returns a Java expression for the words.
  ///
  /// @param shown what the rule compares with
  String literal(String shown) {
    return JavaLiterals.quote(before + Quote.of(shown).replaceAll("^'|'$", "") + after);
  }

  /// Returns a Java expression for the words, with the present value of what is compared with.
  String current(Operand operand, String expression) {
    if (operand instanceof Literal) {
      return literal(operand.toString());
    }
    var start = JavaLiterals.quote(before + operand + " = ");
    var end = after.isEmpty() ? "" : " + " + JavaLiterals.quote(after);
    return start + " + " + expression + end;
  }

  String list(List<Operand> operands) {
    var shown =
        operands.stream().limit(MAX_SHOWN).map(Object::toString).collect(Collectors.joining(", "));
    return JavaLiterals.quote(
        before + shown + (operands.size() > MAX_SHOWN ? ", ..." : "") + after);
  }

  /// Returns the expectation for one of something in the singular.
  Expectation inNumber(Operand operand) {
    boolean isOne =
        operand instanceof Literal literal && literal.value().equals(new Value.OfInt(1));
    return isOne
        ? new Expectation(
            before, after.replace("bytes", "byte").replace("entries", "entry").replaceAll("s$", ""))
        : this;
  }
}
