package io.windhover.idl.parser;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Token;
import java.util.Locale;

/// Finds the values of literals.
final class Literals {
  private final DialectCheck dialects;
  private final Diagnostics diagnostics;

  Literals(DialectCheck dialects, Diagnostics diagnostics) {
    this.dialects = dialects;
    this.diagnostics = diagnostics;
  }

  /// A whole number. A leading zero means nothing to Apache Thrift; to Thriftgo it makes the number
  /// octal.
  IntLiteral integer(Token token) {
    boolean isLeadingZero = token.text().matches("[+-]?0[0-9]+");
    if (isLeadingZero && dialects.dialect() == Dialect.THRIFTGO) {
      return parse(token, 8);
    }
    if (isLeadingZero && dialects.dialect() == Dialect.BOTH) {
      diagnostics.report(
          ThriftRule.LEADING_ZERO,
          token.span(),
          "number with a leading zero: decimal here and in Apache Thrift, octal in Thriftgo",
          "drop the zero, or write 0o for octal");
    }
    return parse(token, 10);
  }

  /// The id of a field, which Thriftgo reads as decimal whatever it looks like.
  IntLiteral fieldId(Token token) {
    IntLiteral id = parse(token, 10);
    boolean isDecimal = token.text().matches("[+-]?[0-9]+");
    if (!isDecimal && dialects.dialect() != Dialect.APACHE) {
      diagnostics.report(
          ThriftRule.HEX_FIELD_ID,
          token.span(),
          "field id %s is %d here and in Apache Thrift, 0 in Thriftgo"
              .formatted(token.text(), id.value()),
          "write it as decimal");
    }
    return id;
  }

  /// @param radix of what has no prefix
  private IntLiteral parse(Token token, int radix) {
    String raw = token.text();
    int signs = raw.startsWith("-") || raw.startsWith("+") ? 1 : 0;
    String sign = raw.startsWith("-") ? "-" : "";
    String digits = raw.substring(signs).toLowerCase(Locale.ROOT);
    if (digits.startsWith("0x")) {
      if (signs > 0) {
        dialects.onlyApache(token.span(), "a sign before a hexadecimal number");
      }
      return parse(token, sign + digits.substring(2), 16);
    }
    if (digits.startsWith("0o")) {
      dialects.onlyThriftgo(token.span(), "'0o' for octal");
      return parse(token, sign + digits.substring(2), 8);
    }
    return parse(token, sign + digits, radix);
  }

  private IntLiteral parse(Token token, String number, int radix) {
    try {
      return new IntLiteral(token.text(), Long.parseLong(number, radix), token.span());
    } catch (NumberFormatException _) {
      boolean isOctal = radix == 8 && number.matches(".*[89].*");
      String message = isOctal ? "no octal number" : "number does not fit 64 bits";
      diagnostics.report(ThriftRule.BAD_NUMBER, token.span(), message);
      return new IntLiteral(token.text(), 1, token.span());
    }
  }

  DoubleLiteral decimal(Token token) {
    String raw = token.text();
    try {
      double value = Double.parseDouble(raw);
      if (Double.isInfinite(value)) {
        diagnostics.report(ThriftRule.BAD_NUMBER, token.span(), "number does not fit a double");
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
      if ("nrt\"'\\".indexOf(raw.charAt(i + 1)) < 0) {
        dialects.onlyThriftgo(escape(token, i), "this escape");
      }
      if (hexDigits > 0 && isHex(raw, i + 2, hexDigits)) {
        value.append((char) Integer.parseInt(raw, i + 2, i + 2 + hexDigits, 16));
        i += 1 + hexDigits;
      } else if (escaped != NO_ESCAPE) {
        value.append(escaped);
        i++;
      } else {
        value.append(c);
        if (warns && dialects.dialect() != Dialect.APACHE) {
          diagnostics.report(
              ThriftRule.UNKNOWN_ESCAPE,
              escape(token, i),
              "unknown escape: the backslash is kept here, Apache Thrift and Go refuse it",
              "write \\\\ for a backslash");
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

  private static Span escape(Token token, int backslash) {
    int start = token.span().start() + 1 + backslash;
    int end = start + 1 + Character.charCount(token.text().codePointAt(backslash + 1));
    return token.span().file().span(start, end);
  }
}
