package io.windhover.proto;

import io.windhover.proto.ast.OptionValue;
import io.windhover.proto.ast.Scalar;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Takes a value as it is written for one of a type, if it is: for options, for what is in
/// aggregates, for defaults.
final class ScalarReader {
  private static final BigInteger MAX_UINT32 = BigInteger.valueOf(0xFFFF_FFFFL);
  private static final BigInteger MAX_UINT64 =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final Diagnostics diagnostics;

  /// Whether the value is in an aggregate, where more spellings count.
  private final boolean isAggregate;

  ScalarReader(Diagnostics diagnostics, boolean isAggregate) {
    this.diagnostics = diagnostics;
    this.isAggregate = isAggregate;
  }

  /// The value for a field that is no message; null if it is none, which is reported.
  @Nullable Value read(Field field, OptionValue written) {
    return switch (field.type()) {
      case FieldType.OfEnum(var type) -> ofEnum(type, written);
      case FieldType.OfScalar(var scalar) -> ofScalar(scalar, written);
      case FieldType.OfMessage _, FieldType.Unresolved _ ->
          throw new IllegalStateException(field + " is no scalar");
    };
  }

  /// The same for an option: a text is UTF-8 if the file that has the field checks that.
  @Nullable Value readOption(Field field, OptionValue written) {
    boolean isChecked =
        field.type().equals(new FieldType.OfScalar(Scalar.STRING))
            && field.features().utf8Validation() == Features.Utf8Validation.VERIFY;
    boolean isBroken =
        written instanceof OptionValue.Text(var literal) && !literal.value().isText();
    return isChecked && isBroken ? wrong(written, "one in UTF-8") : read(field, written);
  }

  private @Nullable Value ofScalar(Scalar scalar, OptionValue written) {
    return switch (scalar) {
      case BOOL -> ofBool(written);
      case STRING, BYTES ->
          written instanceof OptionValue.Text(var literal)
              ? new Value.OfBytes(literal.value())
              : wrong(written, "a quoted text");
      case DOUBLE -> {
        Double value = decimal(written);
        yield value == null ? noNumber(written) : new Value.OfDouble(value);
      }
      case FLOAT -> {
        Double value = decimal(written);
        yield value == null ? noNumber(written) : new Value.OfFloat(value.floatValue());
      }
      case INT32, SINT32, SFIXED32 -> whole(written, min(31), max(31));
      case INT64, SINT64, SFIXED64 -> whole(written, min(63), max(63));
      case UINT32, FIXED32 -> whole(written, BigInteger.ZERO, MAX_UINT32);
      case UINT64, FIXED64 -> whole(written, BigInteger.ZERO, MAX_UINT64);
    };
  }

  private static BigInteger min(int bits) {
    return BigInteger.ONE.shiftLeft(bits).negate();
  }

  private static BigInteger max(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private @Nullable Value whole(OptionValue written, BigInteger min, BigInteger max) {
    if (!(written instanceof OptionValue.Whole number)) {
      return wrong(written, "a whole number");
    }
    BigInteger value = number.value();
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      return wrong(written, min + ".." + max);
    }
    return new Value.OfInt(value.longValue());
  }

  private @Nullable Double decimal(OptionValue written) {
    return switch (written) {
      case OptionValue.Whole number when isAggregate && !isDecimal(number) -> null;
      case OptionValue.Whole number -> {
        double value = number.magnitude().doubleValue();
        yield number.isNegative() ? -value : value;
      }
      case OptionValue.Decimal(double value, _) -> value;
      case OptionValue.Word word -> {
        double sign = word.isNegative() ? -1 : 1;
        String text = isAggregate ? word.text().toLowerCase(Locale.ROOT) : word.text();
        yield switch (text) {
          case "inf" -> sign * Double.POSITIVE_INFINITY;
          case "infinity" -> isAggregate ? sign * Double.POSITIVE_INFINITY : null;
          case "nan" -> isAggregate ? Math.copySign(Double.NaN, sign) : Double.NaN;
          default -> null;
        };
      }
      case OptionValue.Aggregate _, OptionValue.Elements _, OptionValue.Text _ -> null;
    };
  }

  /// Whether a number is not in octal or hexadecimal digits: the text format has none of these for
  /// fractions.
  private static boolean isDecimal(OptionValue.Whole number) {
    String digits = number.span().text().substring(number.isNegative() ? 1 : 0).strip();
    return digits.equals("0") || !digits.startsWith("0");
  }

  private @Nullable Value noNumber(OptionValue written) {
    boolean isWhole = written instanceof OptionValue.Whole;
    return wrong(written, isWhole ? "a number that does not begin with 0" : "a number");
  }

  private @Nullable Value ofBool(OptionValue written) {
    if (written instanceof OptionValue.Word word && !word.isNegative()) {
      switch (word.text()) {
        case "true" -> {
          return new Value.OfBool(true);
        }
        case "false" -> {
          return new Value.OfBool(false);
        }
        case "True", "t" -> {
          return isAggregate ? new Value.OfBool(true) : wrong(written, "true or false");
        }
        case "False", "f" -> {
          return isAggregate ? new Value.OfBool(false) : wrong(written, "true or false");
        }
        default -> {}
      }
    }
    if (isAggregate
        && written instanceof OptionValue.Whole number
        && !number.isNegative()
        && number.magnitude().bitLength() <= 1) {
      return new Value.OfBool(number.magnitude().signum() != 0);
    }
    return wrong(written, "true or false");
  }

  private @Nullable Value ofEnum(EnumType type, OptionValue written) {
    if (written instanceof OptionValue.Word word && !word.isNegative()) {
      EnumValue value = type.value(word.text());
      if (value != null) {
        return new Value.OfInt(value.number());
      }
      diagnostics.report(
          Diagnostic.of(
                  ProtoRule.OPTION_VALUE,
                  written.span(),
                  "enum '%s' has no value '%s'".formatted(type, word.text()))
              .maybeHelp(
                  Suggestion.help(
                      word.text(), type.values().stream().map(EnumValue::name).toList())));
      return null;
    }
    if (isAggregate
        && written instanceof OptionValue.Whole number
        && number.value().bitLength() < Integer.SIZE) {
      int value = number.value().intValue();
      if (!type.isClosed() || type.value(value) != null) {
        return new Value.OfInt(value);
      }
    }
    return wrong(written, "the name of a value of enum '" + type + "'");
  }

  private @Nullable Value wrong(OptionValue written, String expected) {
    diagnostics.report(
        ProtoRule.OPTION_VALUE,
        written.span(),
        "value: " + written + " (expected: " + expected + ")");
    return null;
  }
}
