package io.windhover.proto.parser;

import io.windhover.proto.source.Quote;
import io.windhover.proto.source.Rule;
import io.windhover.proto.source.SourceFile;
import io.windhover.proto.source.Span;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts a text into tokens, on demand. What is no token is reported and left out.
final class Lexer {
  private static final int MAX_NAME_LENGTH = 1_000;

  private static final Pattern INTEGER =
      Pattern.compile("0[xX][0-9a-fA-F]++|0[0-7]*+|[1-9][0-9]*+");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?:[0-9]++\\.[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?+|[0-9]++[eE][+-]?[0-9]++");

  private final SourceFile file;
  private final String text;
  private final Diagnostics diagnostics;
  private final CommentReader comments = new CommentReader();
  private int position;
  private boolean startsLine = true;
  private @Nullable Span previous;

  /// Lines with an error; a second one there, of the lexer or the parser, would come of the first.
  private final Set<Integer> badLines = new HashSet<>();

  Lexer(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.text = file.text();
    this.diagnostics = diagnostics;
  }

  /// The next token; at the end of the text always one of kind END.
  Token next() {
    startsLine = position == 0;
    comments.begin();
    while (true) {
      skipBlanksAndComments();
      int start = position;
      if (start == text.length()) {
        return token(TokenKind.END, "", start);
      }
      char c = text.charAt(start);
      if (isNameStart(c) || isForeignLetter(c)) {
        return name();
      }
      if (isDigit(c) || c == '.' && isDigit(peek(1))) {
        return number();
      }
      if (c == '"' || c == '\'') {
        return literal(c);
      }
      var symbol = TokenKind.symbol(c);
      if (symbol != null) {
        position++;
        return token(symbol, text.substring(start, position), start);
      }
      skipIllegal();
    }
  }

  /// Whether an error was reported about a text that starts on this line.
  boolean isBad(int line) {
    return badLines.contains(line);
  }

  private Token token(TokenKind kind, String tokenText, int start) {
    Span span = file.span(start, position);
    previous = span;
    return new Token(kind, tokenText, span, startsLine, comments.before(span), comments.behind());
  }

  private void skipBlanksAndComments() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (isBlank(c)) {
        startsLine |= c == '\n' || c == '\r';
        position++;
      } else if (text.startsWith("//", position)) {
        int start = position;
        position = lineEnd(position);
        comments.see(file.span(start, position), true, previous);
      } else if (text.startsWith("/*", position)) {
        blockComment();
      } else {
        return;
      }
    }
  }

  private void blockComment() {
    int start = position;
    int close = text.indexOf("*/", start + 2);
    int nested = text.indexOf("/*", start + 2);
    if (close < 0) {
      position = text.length();
      error(
          Rule.UNCLOSED_COMMENT,
          file.span(start, start + 2),
          "comment is not closed",
          "end it with '*/'");
      return;
    }
    if (nested >= 0 && nested + 1 < close) {
      error(
          Rule.UNCLOSED_COMMENT,
          file.span(nested, nested + 2),
          "'/*' within a comment, which ends at the first '*/'",
          "take one of the two out");
    }
    position = close + 2;
    comments.see(file.span(start, position), false, previous);
  }

  /// A name. Letters that are not ASCII belong to it too, for one message about the whole of it.
  private Token name() {
    int start = position;
    boolean isAscii = true;
    while (isNamePart(peek(0)) || isForeignLetter(peek(0))) {
      isAscii &= peek(0) < 128;
      position++;
    }
    Span span = file.span(start, position);
    if (!isAscii) {
      error(
          Rule.BAD_NAME,
          span,
          "name " + Quote.of(span.text()) + " with letters that are not ASCII",
          "names are made of A-Z, a-z, 0-9 and _");
    } else if (position - start > MAX_NAME_LENGTH) {
      error(Rule.BAD_NAME, span, "name is longer than " + MAX_NAME_LENGTH + " characters");
    }
    return token(TokenKind.IDENTIFIER, span.text(), start);
  }

  private Token number() {
    int start = position++;
    while (isNamePart(peek(0)) || peek(0) == '.' || isExponentSign(start)) {
      position++;
    }
    String raw = text.substring(start, position);
    if (INTEGER.matcher(raw).matches()) {
      return token(TokenKind.INTEGER, raw, start);
    }
    if (!DECIMAL.matcher(raw).matches()) {
      error(Rule.BAD_NUMBER, file.span(start, position), "malformed number " + Quote.of(raw));
    }
    return token(TokenKind.DECIMAL, raw, start);
  }

  /// Whether a sign stands here between an `e` and a digit. (The `e` of a hexadecimal number is a
  /// digit.)
  private boolean isExponentSign(int start) {
    char before = text.charAt(position - 1);
    boolean isHex = text.startsWith("0x", start) || text.startsWith("0X", start);
    return !isHex
        && (peek(0) == '+' || peek(0) == '-')
        && (before == 'e' || before == 'E')
        && isDigit(peek(1));
  }

  private Token literal(char quote) {
    int start = position;
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      char c = text.charAt(end);
      if (c == quote) {
        position = end + 1;
        return token(TokenKind.LITERAL, text.substring(start + 1, end), start);
      }
      char next = end + 1 < text.length() ? text.charAt(end + 1) : 0;
      end += c == '\\' && (next == quote || next == '\\') ? 2 : 1;
    }
    position = end;
    error(
        Rule.UNCLOSED_TEXT,
        file.span(start, position),
        "quoted text is not closed on its line",
        "end it with " + quote + ", or write \\n for a line break");
    return token(TokenKind.LITERAL, text.substring(start + 1, position), start);
  }

  /// Skips what can start no token, with one message for all of it.
  private void skipIllegal() {
    int start = position;
    int first = text.codePointAt(start);
    do {
      position++;
    } while (position < text.length() && isIllegal(text.charAt(position)));
    Span span = file.span(start, position);
    String message =
        "unexpected character %s (U+%04X)".formatted(Quote.of(Character.toString(first)), first);
    switch (first) {
      case '\u201C', '\u201D', '\u2018', '\u2019' ->
          error(Rule.BAD_CHARACTER, span, message, "quote with \" or '");
      case '#' -> error(Rule.BAD_CHARACTER, span, message, "a comment starts with '//'");
      default -> error(Rule.BAD_CHARACTER, span, message);
    }
  }

  private static boolean isIllegal(char c) {
    return !isBlank(c)
        && !isNamePart(c)
        && !isForeignLetter(c)
        && TokenKind.symbol(c) == null
        && c != '"'
        && c != '\'';
  }

  private void error(Rule rule, Span span, String message) {
    if (badLines.add(span.line())) {
      diagnostics.report(rule, span, message);
    }
  }

  private void error(Rule rule, Span span, String message, String help) {
    if (badLines.add(span.line())) {
      diagnostics.report(rule, span, message, help);
    }
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /// The character `ahead` of the position, or 0 past the end. (The text holds no NUL.)
  private char peek(int ahead) {
    return position + ahead < text.length() ? text.charAt(position + ahead) : 0;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000B';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isForeignLetter(char c) {
    return c >= 128 && Character.isLetterOrDigit(c);
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }
}
