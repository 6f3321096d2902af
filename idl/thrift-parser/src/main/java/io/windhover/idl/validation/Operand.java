package io.windhover.idl.validation;

import io.windhover.idl.BaseType;
import io.windhover.idl.EnumType;
import io.windhover.idl.Field;
import io.windhover.idl.TrueType;
import io.windhover.idl.Value;
import io.windhover.source.Quote;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a rule compares with. As a text, it is close to what the IDL has.
public sealed interface Operand {

  /// The type of the value; `i64` for whole numbers that are not a field's.
  TrueType type();

  /// The fields that it reads, each time it does.
  Stream<Field> fields();

  /// How large it is, for those who must limit the size of code.
  int size();

  /// A value that stands in the IDL.
  record Literal(TrueType type, Value value) implements Operand {
    @Override
    public Stream<Field> fields() {
      return Stream.of();
    }

    @Override
    public String toString() {
      return switch (value) {
        case Value.OfString(String text) -> Quote.of(text);
        case Value.OfEnum(EnumType.Item item) -> type + "." + item.name();
        case Value.OfInt(long number) -> Long.toString(number);
        case Value.OfDouble(double number) -> Double.toString(number);
        case Value.OfBool(boolean bool) -> Boolean.toString(bool);
        default -> value.toString();
      };
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /// `$field`: another field of the same struct, or another argument of the same method.
  record Reference(Field field) implements Operand {
    @Override
    public TrueType type() {
      return field.type().trueType();
    }

    @Override
    public Stream<Field> fields() {
      return Stream.of(field);
    }

    @Override
    public String toString() {
      return "$" + field.name();
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /// `@function(arguments)`.
  ///
  /// @param arguments of [Function#SPRINTF]: the pieces of the text, the format's own as literals
  record Call(Function function, TrueType type, List<Operand> arguments) implements Operand {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public Stream<Field> fields() {
      return arguments.stream().flatMap(Operand::fields);
    }

    @Override
    public String toString() {
      return arguments.stream()
          .map(Operand::toString)
          .collect(Collectors.joining(", ", "@" + function + "(", ")"));
    }

    @Override
    public int size() {
      return 1 + arguments.stream().mapToInt(Operand::size).sum();
    }
  }

  /// What can be called.
  enum Function {
    /// How many bytes, elements or entries a field has.
    LEN,
    /// Puts values into a text.
    SPRINTF,
    /// The time, in nanoseconds since 1970.
    NOW_UNIX_NANO,
    EQUAL,
    /// The remainder of a division, with the sign of the dividend.
    MOD,
    ADD;

    /// The name in the IDL.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether it is a number of any type.
  default boolean isNumber() {
    return type() == BaseType.DOUBLE || isWhole();
  }

  /// Whether it is a whole number.
  default boolean isWhole() {
    return switch (type()) {
      case BaseType.I8, BaseType.I16, BaseType.I32, BaseType.I64 -> true;
      default -> false;
    };
  }
}
