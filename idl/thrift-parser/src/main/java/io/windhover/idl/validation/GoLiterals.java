package io.windhover.idl.validation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers and truth values as Go's `strconv` reads them, which is how rules are written.
final class GoLiterals {
  private static final Pattern DECIMAL = Pattern.compile("[1-9](?:_?[0-9])*|0");
  private static final Pattern HEX = Pattern.compile("0[xX](?:_?[0-9a-fA-F])+");
  private static final Pattern OCTAL = Pattern.compile("0[oO]?(?:_?[0-7])+");
  private static final Pattern BINARY = Pattern.compile("0[bB](?:_?[01])+");
  private static final Pattern FLOATING =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private static final int MAX_LENGTH = 100;

  private GoLiterals() {}

  /// Reads `10`, `-0x1F`, `017` (octal), `0b11`, `1_000`; null if the text is no such number or
  /// does not fit 64 bits.
  static @Nullable Long integer(String text) {
    boolean isSigned = text.startsWith("-") || text.startsWith("+");
    var sign = text.startsWith("-") ? "-" : "";
    var digits = isSigned ? text.substring(1) : text;
    int radix = radix(digits);
    if (radix == 0) {
      return null;
    }
    var plain = digits.replace("_", "");
    int prefix =
        radix == 10 ? 0 : plain.length() > 1 && Character.isLetter(plain.charAt(1)) ? 2 : 1;
    try {
      return Long.parseLong(sign + plain.substring(prefix), radix);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static int radix(String digits) {
    if (digits.length() > MAX_LENGTH) {
      return 0;
    }
    if (DECIMAL.matcher(digits).matches()) {
      return 10;
    }
    if (HEX.matcher(digits).matches()) {
      return 16;
    }
    if (OCTAL.matcher(digits).matches()) {
      return 8;
    }
    return BINARY.matcher(digits).matches() ? 2 : 0;
  }

  /// Reads `1.5`, `1e3`, `.5`; null if the text is no such number or does not fit a double.
  static @Nullable Double floating(String text) {
    if (text.length() > MAX_LENGTH || !FLOATING.matcher(text).matches()) {
      return null;
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? null : (Double) value;
  }

  /// Null if the text is none of Go's words for a truth value.
  static @Nullable Boolean bool(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> null;
    };
  }
}
