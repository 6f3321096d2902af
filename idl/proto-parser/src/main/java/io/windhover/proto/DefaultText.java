package io.windhover.proto;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Writes numbers and bytes as descriptors have them in `default_value`: the way of C's `printf`.
final class DefaultText {
  private static final int FLOAT_DIGITS = 6;
  private static final int MAX_FLOAT_DIGITS = 9;
  private static final int DOUBLE_DIGITS = 15;
  private static final int MAX_DOUBLE_DIGITS = 17;

  private DefaultText() {}

  /// A float with as few digits as name it, be it 6 or 9.
  static String ofFloat(float value) {
    if (!Float.isFinite(value)) {
      return special(value);
    }
    String text = general(value, FLOAT_DIGITS);
    return Float.parseFloat(text) == value ? text : general(value, MAX_FLOAT_DIGITS);
  }

  /// A double with as few digits as name it, be it 15 or 17.
  static String ofDouble(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    String text = general(value, DOUBLE_DIGITS);
    return Double.parseDouble(text) == value ? text : general(value, MAX_DOUBLE_DIGITS);
  }

  private static String special(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return value > 0 ? "inf" : "-inf";
  }

  /// As `%.*g` does: without zeros at the end, with an exponent if it is large.
  private static String general(double value, int digits) {
    if (value == 0) {
      return Double.doubleToRawLongBits(value) < 0 ? "-0" : "0";
    }
    var rounded =
        new BigDecimal(value)
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return rounded.toPlainString();
    }
    String all = rounded.unscaledValue().abs().toString();
    String fraction = all.length() > 1 ? "." + all.substring(1) : "";
    String sign = value < 0 ? "-" : "";
    String power = (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "");
    return sign + all.charAt(0) + fraction + power + Math.abs(exponent);
  }

  /// Bytes as they could stand between quotes, in ASCII.
  static String escaped(byte[] bytes) {
    var text = new StringBuilder();
    for (byte b : bytes) {
      int c = Byte.toUnsignedInt(b);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '"', '\'', '\\' -> text.append('\\').append((char) c);
        default -> {
          if (c < ' ' || c >= 0x7F) {
            text.append("\\%03o".formatted(c));
          } else {
            text.append((char) c);
          }
        }
      }
    }
    return text.toString();
  }
}
