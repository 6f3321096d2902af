package io.windhover.idl.validation;

import io.windhover.idl.BaseType;
import io.windhover.idl.EnumType;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType;
import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words that may follow `vt.` in the key of an annotation.
public enum RuleKey {
  CONST,
  LT,
  LE,
  GT,
  GE,
  IN,
  NOT_IN,
  NOT_NIL,
  MIN_SIZE,
  MAX_SIZE,
  MIN_RUNE_SIZE,
  MAX_RUNE_SIZE,
  PATTERN,
  PREFIX,
  SUFFIX,
  CONTAINS,
  NOT_CONTAINS,
  DEFINED_ONLY,
  /// Opens the rules for the elements of a list or set.
  ELEM,
  /// Opens the rules for the keys of a map.
  KEY,
  /// Opens the rules for the values of a map.
  VALUE,
  NO_SPARSE,
  SKIP,
  ASSERT;

  private static final Set<RuleKey> NUMBER = EnumSet.of(CONST, LT, LE, GT, GE, IN, NOT_IN, NOT_NIL);
  private static final Set<RuleKey> BYTES =
      EnumSet.of(
          CONST,
          MIN_SIZE,
          MAX_SIZE,
          PATTERN,
          PREFIX,
          SUFFIX,
          CONTAINS,
          NOT_CONTAINS,
          IN,
          NOT_IN,
          NOT_NIL);
  private static final Set<RuleKey> TEXT = EnumSet.copyOf(BYTES);

  static {
    TEXT.addAll(EnumSet.of(MIN_RUNE_SIZE, MAX_RUNE_SIZE));
  }

  /// Returns null if there is no such word.
  static @Nullable RuleKey of(String word) {
    for (RuleKey key : values()) {
      if (key.toString().equals(word)) {
        return key;
      }
    }
    return null;
  }

  /// Returns the rules that a value of a type may have, none of them [#ASSERT].
  static Set<RuleKey> applyingTo(TrueType type) {
    return switch (type) {
      case BaseType base ->
          switch (base) {
            case BOOL -> EnumSet.of(CONST, NOT_NIL);
            case I8, I16, I32, I64, DOUBLE -> NUMBER;
            case STRING -> TEXT;
            case BINARY -> BYTES;
            case UUID -> EnumSet.of(NOT_NIL);
          };
      case EnumType _ -> EnumSet.of(CONST, DEFINED_ONLY, IN, NOT_IN, NOT_NIL);
      case ListType _, SetType _ -> EnumSet.of(MIN_SIZE, MAX_SIZE, ELEM);
      case MapType _ -> EnumSet.of(MIN_SIZE, MAX_SIZE, NO_SPARSE, KEY, VALUE);
      case StructType _ -> EnumSet.of(SKIP, NOT_NIL);
    };
  }

  /// Whether more of the key follows, about values inside of the value.
  boolean opensNested() {
    return this == ELEM || this == KEY || this == VALUE;
  }

  static List<String> words(Set<RuleKey> keys) {
    return keys.stream().map(RuleKey::toString).toList();
  }

  /// The word.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
