package io.windhover.idl;

import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.rule.ThriftRule;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which scalar value fits which type. Serves literals and constants alike.
final class Scalars {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Scalars() {}

  /// The value of type `expected` that `value` stands for; null if there is none.
  ///
  /// @param value a scalar of any type, with its most general form: a literal for a uuid is a
  ///   string
  static @Nullable Value convert(Value value, TrueType expected) {
    return switch (expected) {
      case BaseType base -> convert(value, base);
      case EnumType type -> enumeration(value, type);
      case ListType _, SetType _, MapType _, StructType _ -> null;
    };
  }

  private static @Nullable Value convert(Value value, BaseType expected) {
    return switch (expected) {
      case BOOL ->
          switch (value) {
            case Value.OfBool bool -> bool;
            case Value.OfInt(long number) when number == 0 || number == 1 ->
                new Value.OfBool(number == 1);
            default -> null;
          };
      case I8, I16, I32, I64 ->
          switch (value) {
            case Value.OfInt(long number) when fits(number, expected) -> value;
            case Value.OfEnum(EnumType.Item item) when fits(item.value(), expected) ->
                new Value.OfInt(item.value());
            default -> null;
          };
      case DOUBLE ->
          switch (value) {
            case Value.OfDouble number -> number;
            case Value.OfInt(long number) -> new Value.OfDouble(number);
            default -> null;
          };
      case STRING, BINARY -> value instanceof Value.OfString ? value : null;
      case UUID ->
          switch (value) {
            case Value.OfUuid uuid -> uuid;
            case Value.OfString(String text) when UUID_TEXT.matcher(text).matches() ->
                new Value.OfUuid(UUID.fromString(text));
            default -> null;
          };
    };
  }

  private static @Nullable Value enumeration(Value value, EnumType expected) {
    return switch (value) {
      case Value.OfEnum(EnumType.Item item) when item.equals(expected.item(item.name())) -> value;
      case Value.OfInt(long number) when fits(number, BaseType.I32) -> {
        EnumType.Item item = expected.item((int) number);
        yield item == null ? new Value.OfEnumNumber((int) number) : new Value.OfEnum(item);
      }
      default -> null;
    };
  }

  /// What is broken if `value` is no `expected`.
  static ThriftRule rule(Value value, TrueType expected) {
    if (value instanceof Value.OfInt && (expected instanceof EnumType || isInteger(expected))) {
      return ThriftRule.VALUE_RANGE;
    }
    return value instanceof Value.OfString && expected == BaseType.UUID
        ? ThriftRule.BAD_UUID
        : ThriftRule.VALUE_TYPE;
  }

  /// What keeps `value` from being an `expected`, as it reads after the path and a colon.
  static String mismatch(Value value, TrueType expected) {
    boolean isEnum = expected instanceof EnumType;
    if (value instanceof Value.OfInt(long number) && (isEnum || isInteger(expected))) {
      BaseType type = expected instanceof BaseType base ? base : BaseType.I32;
      return "%d does not fit %s (expected: %d..%d)"
          .formatted(number, expected, -max(type) - 1, max(type));
    }
    if (value instanceof Value.OfString && expected == BaseType.UUID) {
      return "not a uuid (expected: 8-4-4-4-12 hexadecimal digits)";
    }
    return "expected " + expected + ", found " + describe(value);
  }

  static String describe(Value value) {
    return switch (value) {
      case Value.OfBool(boolean bool) -> String.valueOf(bool);
      case Value.OfInt(long number) -> String.valueOf(number);
      case Value.OfDouble(double number) -> String.valueOf(number);
      case Value.OfString _ -> "a text";
      case Value.OfUuid _ -> "a uuid";
      case Value.OfEnum(EnumType.Item item) -> "enum item '" + item.name() + "'";
      case Value.OfEnumNumber _ -> "an enum";
      case Value.OfList _ -> "a list";
      case Value.OfMap _ -> "a map";
      case Value.OfStruct(StructType type, var _) -> "a " + type;
      case Value.OfConstant(Constant constant, Value _) -> "constant '" + constant + "'";
    };
  }

  private static boolean isInteger(TrueType type) {
    return type == BaseType.I8
        || type == BaseType.I16
        || type == BaseType.I32
        || type == BaseType.I64;
  }

  private static boolean fits(long number, BaseType type) {
    return number <= max(type) && number >= -max(type) - 1;
  }

  private static long max(BaseType integer) {
    return switch (integer) {
      case I8 -> Byte.MAX_VALUE;
      case I16 -> Short.MAX_VALUE;
      case I32 -> Integer.MAX_VALUE;
      case I64 -> Long.MAX_VALUE;
      case BOOL, DOUBLE, STRING, BINARY, UUID ->
          throw new IllegalArgumentException(integer + " (expected: i8..i64)");
    };
  }
}
