package io.windhover.proto.parser;

import io.windhover.proto.ast.NumberLiteral;
import io.windhover.proto.ast.StringLiteral;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.proto.source.Bytes;
import io.windhover.source.Span;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// Finds the values of literals.
final class Literals {
  /// Longer numbers fit no type; to read a very long one would take very long.
  private static final int MAX_DIGITS = 400;

  private final ProtoTokens tokens;

  Literals(ProtoTokens tokens) {
    this.tokens = tokens;
  }

  /// A quoted text, or several in a row.
  StringLiteral string(String what) {
    Token first = tokens.expect(TokenKind.LITERAL, what);
    var bytes = new ByteArrayOutputStream();
    decode(first, bytes);
    while (tokens.at(TokenKind.LITERAL)) {
      decode(tokens.advance(), bytes);
    }
    return new StringLiteral(Bytes.of(bytes.toByteArray()), tokens.spanFrom(first));
  }

  /// A whole number without a sign.
  NumberLiteral number(String what) {
    Token token = tokens.expect(TokenKind.INTEGER, what);
    return new NumberLiteral(clamp(whole(token)), token.span());
  }

  /// A whole number, perhaps with a minus.
  NumberLiteral signedNumber(String what) {
    Token first = tokens.current();
    boolean isNegative = tokens.accept(TokenKind.MINUS);
    long magnitude = clamp(whole(tokens.expect(TokenKind.INTEGER, what)));
    return new NumberLiteral(isNegative ? -magnitude : magnitude, tokens.spanFrom(first));
  }

  private static long clamp(BigInteger value) {
    return value.bitLength() < Long.SIZE ? value.longValue() : Long.MAX_VALUE;
  }

  /// The value of a token of kind INTEGER.
  BigInteger whole(Token token) {
    String raw = token.text();
    if (raw.length() > MAX_DIGITS) {
      tokens
          .diagnostics()
          .report(
              ProtoRule.BAD_NUMBER, token.span(), "number of more than " + MAX_DIGITS + " digits");
      return BigInteger.ZERO;
    }
    if (raw.startsWith("0x") || raw.startsWith("0X")) {
      return new BigInteger(raw.substring(2), 16);
    }
    return new BigInteger(raw, raw.startsWith("0") ? 8 : 10);
  }

  /// The value of a token of kind DECIMAL.
  double decimal(Token token) {
    try {
      return Double.parseDouble(token.text());
    } catch (NumberFormatException _) {
      return 0; // malformed, which the lexer has reported
    }
  }

  private void decode(Token token, ByteArrayOutputStream out) {
    String raw = token.text();
    int position = 0;
    while (position < raw.length()) {
      int backslash = raw.indexOf('\\', position);
      int end = backslash < 0 ? raw.length() : backslash;
      out.writeBytes(raw.substring(position, end).getBytes(StandardCharsets.UTF_8));
      position = backslash < 0 ? end : escape(token, raw, backslash, out);
    }
  }

  /// @return the offset behind the escape
  private int escape(Token token, String raw, int backslash, ByteArrayOutputStream out) {
    int at = backslash + 1;
    char c = at < raw.length() ? raw.charAt(at) : 0;
    int simple = "abfnrtv\\'\"?".indexOf(c);
    if (c != 0 && simple >= 0) {
      out.write("\u0007\b\f\n\r\t\u000B\\'\"?".charAt(simple));
      return at + 1;
    }
    int end;
    switch (c) {
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        end = digits(raw, at, 3, 8);
        out.write(Integer.parseInt(raw, at, end, 8));
        return end;
      }
      case 'x', 'X' -> {
        end = digits(raw, at + 1, 2, 16);
        if (end > at + 1) {
          out.write(Integer.parseInt(raw, at + 1, end, 16));
          return end;
        }
      }
      case 'u' -> {
        end = digits(raw, at + 1, 4, 16);
        if (end == at + 5) {
          return unicode(token, raw, backslash, end, out);
        }
      }
      case 'U' -> {
        end = digits(raw, at + 1, 8, 16);
        if (end == at + 9) {
          return unicode(token, raw, backslash, end, out);
        }
      }
      default -> {}
    }
    report(token, backslash, Math.min(at + 1, raw.length()), "unknown escape in quoted text");
    return Math.min(at + 1, raw.length());
  }

  /// The escape of a character by its number. Two that name the halves of a surrogate pair are one
  /// character.
  private int unicode(Token token, String raw, int backslash, int end, ByteArrayOutputStream out) {
    long point = Long.parseLong(raw, backslash + 2, end, 16);
    int behind = end;
    if (point >= Character.MIN_HIGH_SURROGATE
        && point <= Character.MAX_HIGH_SURROGATE
        && raw.startsWith("\\u", end)
        && digits(raw, end + 2, 4, 16) == end + 6) {
      int low = Integer.parseInt(raw, end + 2, end + 6, 16);
      if (Character.isLowSurrogate((char) low)) {
        point = Character.toCodePoint((char) point, (char) low);
        behind = end + 6;
      }
    }
    boolean isHalf = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (point > Character.MAX_CODE_POINT || isHalf) {
      report(token, backslash, end, "escape of a character that there is not");
      return end;
    }
    out.writeBytes(Character.toString((int) point).getBytes(StandardCharsets.UTF_8));
    return behind;
  }

  private void report(Token token, int from, int to, String message) {
    int start = token.span().start() + 1;
    Span span = token.span().file().span(start + from, start + to);
    tokens.diagnostics().report(ProtoRule.BAD_ESCAPE, span, message, "write \\\\ for a backslash");
  }

  private static int digits(String text, int from, int atMost, int radix) {
    int end = from;
    while (end < text.length() && end < from + atMost && isDigit(text.charAt(end), radix)) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c, int radix) {
    return c < 128 && Character.digit(c, radix) >= 0;
  }
}
