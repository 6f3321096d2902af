package io.windhover.idl.parser;

import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.source.Rule;
import java.util.Locale;

/// Finds the values of literals.
final class Literals {
  private final Diagnostics diagnostics;

  Literals(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// A whole number. Warns of a leading zero: to Apache Thrift it means nothing, to Thriftgo it
  /// makes the number octal.
  IntLiteral integer(Token token) {
    String raw = token.text();
    int signs = raw.startsWith("-") || raw.startsWith("+") ? 1 : 0;
    String sign = raw.startsWith("-") ? "-" : "";
    String digits = raw.substring(signs).toLowerCase(Locale.ROOT);
    int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : 10;
    if (radix == 10 && digits.length() > 1 && digits.startsWith("0")) {
      diagnostics.report(
          Rule.LEADING_ZERO,
          token.span(),
          "number with a leading zero: decimal here and in Apache Thrift, octal in Thriftgo",
          "drop the zero, or write 0o for octal");
    }
    String magnitude = radix == 10 ? digits : digits.substring(2);
    try {
      return new IntLiteral(raw, Long.parseLong(sign + magnitude, radix), token.span());
    } catch (NumberFormatException _) {
      diagnostics.report(Rule.BAD_NUMBER, token.span(), "number does not fit 64 bits");
      return new IntLiteral(raw, 1, token.span());
    }
  }

  DoubleLiteral decimal(Token token) {
    String raw = token.text();
    try {
      double value = Double.parseDouble(raw);
      if (Double.isInfinite(value)) {
        diagnostics.report(Rule.BAD_NUMBER, token.span(), "number does not fit a double");
      }
      return new DoubleLiteral(raw, value, token.span());
    } catch (NumberFormatException _) {
      return new DoubleLiteral(raw, 0, token.span()); // malformed, which the lexer has reported
    }
  }

  /// A quoted text whose escapes matter; warns of those that mean nothing.
  StringLiteral string(Token token) {
    return decode(token, true);
  }

  /// A quoted text that a tool will interpret, often a regular expression full of backslashes.
  StringLiteral annotationValue(Token token) {
    return decode(token, false);
  }

  private StringLiteral decode(Token token, boolean warns) {
    String raw = token.text();
    if (raw.indexOf('\\') < 0) {
      return new StringLiteral(raw, raw, token.span());
    }
    var value = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\' || i + 1 == raw.length()) {
        value.append(c);
        continue;
      }
      int hexDigits =
          switch (raw.charAt(i + 1)) {
            case 'u' -> 4;
            case 'x' -> 2;
            default -> 0;
          };
      char escaped = simple(raw.charAt(i + 1));
      if (hexDigits > 0 && isHex(raw, i + 2, hexDigits)) {
        value.append((char) Integer.parseInt(raw, i + 2, i + 2 + hexDigits, 16));
        i += 1 + hexDigits;
      } else if (escaped != NO_ESCAPE) {
        value.append(escaped);
        i++;
      } else {
        value.append(c);
        if (warns) {
          warn(token, i);
        }
      }
    }
    return new StringLiteral(raw, value.toString(), token.span());
  }

  private static final char NO_ESCAPE = '\uFFFF'; // not a character

  private static char simple(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '0' -> '\0';
      case '"', '\'', '\\' -> c;
      default -> NO_ESCAPE;
    };
  }

  private static boolean isHex(String text, int from, int count) {
    return from + count <= text.length()
        && text.substring(from, from + count)
            .chars()
            .allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
  }

  private void warn(Token token, int backslash) {
    int start = token.span().start() + 1 + backslash;
    int end = start + 1 + Character.charCount(token.text().codePointAt(backslash + 1));
    diagnostics.report(
        Rule.UNKNOWN_ESCAPE,
        token.span().file().span(start, end),
        "unknown escape, the backslash is kept",
        "write \\\\ for a backslash");
  }
}
