package io.windhover.idl.annotation;

import static io.windhover.idl.annotation.Shape.Kind.BOOL;
import static io.windhover.idl.annotation.Shape.Kind.DOUBLE;
import static io.windhover.idl.annotation.Shape.Kind.ENUM;
import static io.windhover.idl.annotation.Shape.Kind.INTEGER;
import static io.windhover.idl.annotation.Shape.Kind.LIST;
import static io.windhover.idl.annotation.Shape.Kind.MAP;
import static io.windhover.idl.annotation.Shape.Kind.STRUCT;
import static io.windhover.idl.annotation.Shape.Kind.TEXT;

import io.windhover.idl.annotation.Shape.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The rules behind `vt.`, each with the types it is for.
enum ValidationRule {
  CONST(INTEGER, DOUBLE, BOOL, TEXT, ENUM),
  LT(INTEGER, DOUBLE),
  LE(INTEGER, DOUBLE),
  GT(INTEGER, DOUBLE),
  GE(INTEGER, DOUBLE),
  IN(INTEGER, DOUBLE, TEXT, ENUM),
  NOT_IN(INTEGER, DOUBLE, TEXT, ENUM),
  MIN_SIZE(TEXT, LIST, MAP),
  MAX_SIZE(TEXT, LIST, MAP),
  MIN_RUNE_SIZE(TEXT),
  MAX_RUNE_SIZE(TEXT),
  PATTERN(TEXT),
  PREFIX(TEXT),
  SUFFIX(TEXT),
  CONTAINS(TEXT),
  NOT_CONTAINS(TEXT),
  DEFINED_ONLY(ENUM),
  NO_SPARSE(MAP),
  SKIP(STRUCT),
  NOT_NIL(INTEGER, DOUBLE, BOOL, TEXT, ENUM, LIST, MAP, STRUCT);

  private static final int MAX_PATTERN = 1_000;
  private static final Pattern WHOLE =
      Pattern.compile("[+-]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|[0-9]+)");
  private static final Pattern SIZE = Pattern.compile("0[xX][0-9a-fA-F]+|[0-9]+");
  private static final Pattern LIST_OF_VALUES = Pattern.compile("\\[.*\\]");
  private static final Set<String> TRUTHS =
      Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

  private final Set<Kind> kinds;

  ValidationRule(Kind... kinds) {
    this.kinds = EnumSet.copyOf(List.of(kinds));
  }

  static @Nullable ValidationRule find(String name) {
    return Arrays.stream(values())
        .filter(rule -> rule.toString().equals(name))
        .findFirst()
        .orElse(null);
  }

  /// The names of the rules for a kind of type.
  static List<String> names(Kind kind) {
    return Arrays.stream(values())
        .filter(rule -> rule.isFor(kind))
        .map(ValidationRule::toString)
        .toList();
  }

  boolean isFor(Kind kind) {
    return kinds.contains(kind);
  }

  /// Whether the value may be that of a field or a function.
  boolean takesReference() {
    return switch (this) {
      case PATTERN, DEFINED_ONLY, NO_SPARSE, SKIP, NOT_NIL -> false;
      default -> true;
    };
  }

  /// What a literal value should have been, as it reads after "is not"; null if it is.
  @Nullable String problem(String value, Kind kind) {
    return switch (this) {
      case CONST, LT, LE, GT, GE -> scalar(value, kind);
      case IN, NOT_IN -> LIST_OF_VALUES.matcher(value).matches() ? null : scalar(value, kind);
      case MIN_SIZE, MAX_SIZE, MIN_RUNE_SIZE, MAX_RUNE_SIZE ->
          SIZE.matcher(value).matches() ? null : "a size";
      case PATTERN -> isPattern(value) ? null : "a regular expression";
      case PREFIX, SUFFIX, CONTAINS, NOT_CONTAINS -> null;
      case DEFINED_ONLY, NO_SPARSE, SKIP, NOT_NIL -> truth(value);
    };
  }

  private static @Nullable String scalar(String value, Kind kind) {
    return switch (kind) {
      case INTEGER -> WHOLE.matcher(value).matches() ? null : "a whole number";
      case DOUBLE -> isNumber(value) ? null : "a number";
      case BOOL -> truth(value);
      case ENUM -> value.indexOf('.') > 0 ? null : "the item of an enum, as in Color.RED";
      case TEXT, LIST, MAP, STRUCT -> null;
    };
  }

  private static @Nullable String truth(String value) {
    return TRUTHS.contains(value) ? null : "true or false";
  }

  private static boolean isNumber(String value) {
    try {
      Double.parseDouble(value);
      return true;
    } catch (NumberFormatException _) {
      return WHOLE.matcher(value).matches();
    }
  }

  /// Go's way to name a group is translated; a text too long for a person is taken as it is.
  private static boolean isPattern(String value) {
    try {
      if (value.length() <= MAX_PATTERN) {
        Pattern.compile(value.replace("(?P<", "(?<"));
      }
      return true;
    } catch (PatternSyntaxException _) {
      return false;
    }
  }

  /// As written.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
