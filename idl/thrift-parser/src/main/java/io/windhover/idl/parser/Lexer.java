package io.windhover.idl.parser;

import io.windhover.idl.ast.DocComment;
import io.windhover.idl.source.Quote;
import io.windhover.idl.source.Rule;
import io.windhover.idl.source.SourceFile;
import io.windhover.idl.source.Span;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts a text into tokens, on demand. What is no token is reported and left out.
final class Lexer {
  private static final int MAX_NAME_LENGTH = 1_000;

  private static final Pattern INTEGER =
      Pattern.compile("[+-]?(?:0[xX][0-9a-fA-F]++|0o[0-7]++|[0-9]++)");
  private static final Pattern DOUBLE =
      Pattern.compile("[+-]?(?:[0-9]*+\\.[0-9]++(?:[eE][+-]?[0-9]++)?+|[0-9]++[eE][+-]?[0-9]++)");

  private final SourceFile file;
  private final String text;
  private final Diagnostics diagnostics;
  private int position;
  private boolean startsLine = true;
  private @Nullable DocComment doc;

  /// Whether the rest of the text is lost in a comment that nothing ends.
  private boolean isCut;

  /// A quote character that someone forgot; from there on its literals end with their line.
  private char unclosed;

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
    doc = null;
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
      if (isNumberStart()) {
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

  boolean isCut() {
    return isCut;
  }

  /// Whether an error was reported about a text that starts on this line.
  boolean isBad(int line) {
    return badLines.contains(line);
  }

  private Token token(TokenKind kind, String tokenText, int start) {
    return new Token(kind, tokenText, file.span(start, position), startsLine, doc);
  }

  private void skipBlanksAndComments() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (isBlank(c)) {
        startsLine |= c == '\n' || c == '\r';
        position++;
      } else if (c == '#' || text.startsWith("//", position)) {
        position = lineEnd(position);
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
    if (close < 0) {
      position = text.length();
      isCut = true;
      error(
          Rule.UNCLOSED_COMMENT,
          file.span(start, start + 2),
          "comment is not closed",
          "end it with '*/'");
      return;
    }
    position = close + 2;
    if (text.startsWith("/**", start) && close > start + 2) {
      doc = DocProse.of(file.span(start, position));
    }
  }

  /// A name. Letters that are not ASCII belong to it too, for one message about the whole of it.
  private Token name() {
    int start = position;
    boolean isAscii = true;
    while (isNamePart(peek(0))
        || isForeignLetter(peek(0))
        || (peek(0) == '.' && isNamePart(peek(1)))) {
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

  private boolean isNumberStart() {
    int digit = peek(0) == '+' || peek(0) == '-' ? 1 : 0;
    return isDigit(peek(digit)) || peek(digit) == '.' && isDigit(peek(digit + 1));
  }

  private Token number() {
    int start = position++;
    while (isNamePart(peek(0)) || peek(0) == '.' || isExponentSign()) {
      position++;
    }
    String raw = text.substring(start, position);
    if (INTEGER.matcher(raw).matches()) {
      return token(TokenKind.INTEGER, raw, start);
    }
    if (!DOUBLE.matcher(raw).matches()) {
      error(Rule.BAD_NUMBER, file.span(start, position), "malformed number " + Quote.of(raw));
    }
    return token(TokenKind.DOUBLE, raw, start);
  }

  /// Whether a sign stands here between an `e` and a digit. (Hexadecimal digits do not matter: a
  /// signed number right behind one is malformed either way.)
  private boolean isExponentSign() {
    char before = text.charAt(position - 1);
    return (peek(0) == '+' || peek(0) == '-')
        && (before == 'e' || before == 'E')
        && isDigit(peek(1));
  }

  private Token literal(char quote) {
    int start = position;
    int close = close(quote, start + 1, quote == unclosed);
    boolean isLong =
        close >= 0 && file.span(start, close).endLine() > file.span(start, close).line();
    if (close < 0 || (isLong && opensAnother(close, quote))) {
      unclosed = quote;
      position = lineEnd(start);
      error(
          Rule.UNCLOSED_TEXT,
          file.span(start, position),
          "quoted text is not closed",
          "end it with " + quote);
      return token(TokenKind.LITERAL, text.substring(start + 1, position), start);
    }
    position = close + 1;
    Token token = token(TokenKind.LITERAL, text.substring(start + 1, close), start);
    if (isLong) {
      diagnostics.report(
          Rule.MULTI_LINE_TEXT,
          file.span(start, lineEnd(start)),
          "quoted text goes on to line " + token.span().endLine(),
          "close it on its line, or write \\n for a line break");
    }
    return token;
  }

  /// Whether a quote that would close a text lines below its start looks like one that opens a
  /// text.
  private boolean opensAnother(int close, char quote) {
    char after = close + 1 < text.length() ? text.charAt(close + 1) : 0;
    return isNamePart(after) || after == quote;
  }

  /// The offset of the quote that ends a literal, or -1 if there is none.
  private int close(char quote, int from, boolean stopsAtLineEnd) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i;
      }
      if (stopsAtLineEnd && (c == '\n' || c == '\r')) {
        return -1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
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
      default -> error(Rule.BAD_CHARACTER, span, message);
    }
  }

  private boolean isIllegal(char c) {
    return !isBlank(c)
        && !isNamePart(c)
        && !isForeignLetter(c)
        && TokenKind.symbol(c) == null
        && "\"'#/+-.".indexOf(c) < 0;
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
