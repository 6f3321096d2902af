package io.windhover.source.parse;

import io.windhover.source.Quote;
import io.windhover.source.Rule;
import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Cuts a text into tokens, on demand. What is no token is reported and left out.
///
/// A language says in a [Lexicon] what its tokens look like, and in a subclass how quoted texts
/// end.
public abstract class Lexer {
  private static final int MAX_NAME_LENGTH = 1_000;

  private final SourceFile file;
  private final String text;
  private final Lexicon lexicon;
  private final Diagnostics diagnostics;
  private final List<Span> comments = new ArrayList<>();
  private int position;
  private boolean startsLine = true;

  /// Whether the rest of the text is lost in a comment that nothing ends.
  private boolean isCut;

  /// Lines with an error; a second one there, of the lexer or the parser, would come of the first.
  private final Set<Integer> badLines = new HashSet<>();

  protected Lexer(SourceFile file, Lexicon lexicon, Diagnostics diagnostics) {
    this.file = file;
    this.text = file.text();
    this.lexicon = lexicon;
    this.diagnostics = diagnostics;
  }

  /// The next token; at the end of the text always one of kind END.
  public final Token next() {
    startsLine = position == 0;
    comments.clear();
    while (true) {
      skipBlanksAndComments();
      int start = position;
      if (start == text.length()) {
        return token(TokenKind.END, "", start, start);
      }
      char c = text.charAt(start);
      if (isNameStart(c) || isForeignLetter(c)) {
        return name();
      }
      if (isNumberStart()) {
        return number();
      }
      if (c == '"' || c == '\'') {
        return literal(c, start);
      }
      var symbol = isSymbol(c) ? TokenKind.symbol(c) : null;
      if (symbol != null) {
        return token(symbol, text.substring(start, start + 1), start, start + 1);
      }
      skipIllegal();
    }
  }

  /// The tokens that are left, the last of kind END.
  public final List<Token> all() {
    var tokens = new ArrayList<Token>();
    do {
      tokens.add(next());
    } while (tokens.getLast().kind() != TokenKind.END);
    return tokens;
  }

  /// The quoted text that starts here.
  ///
  /// @param quote what it begins with
  protected abstract Token literal(char quote, int start);

  /// Told of each comment that begins with `/*` and ends.
  protected void onBlockComment(Span comment) {}

  /// Goes on behind a token.
  protected final Token token(TokenKind kind, String tokenText, int start, int end) {
    position = end;
    return new Token(kind, tokenText, file.span(start, end), startsLine, List.copyOf(comments));
  }

  protected final SourceFile file() {
    return file;
  }

  protected final Diagnostics diagnostics() {
    return diagnostics;
  }

  /// Whether the rest of the text is lost in a comment that nothing ends.
  public final boolean isCut() {
    return isCut;
  }

  /// Whether an error was reported about a text that starts on this line.
  final boolean isBad(int line) {
    return badLines.contains(line);
  }

  final SyntaxRules rules() {
    return lexicon.rules();
  }

  private void skipBlanksAndComments() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (isBlank(c)) {
        startsLine |= c == '\n' || c == '\r';
        position++;
      } else if (isLineComment(c)) {
        int start = position;
        position = lineEnd(start);
        comments.add(file.span(start, position));
      } else if (text.startsWith("/*", position)) {
        blockComment();
      } else {
        return;
      }
    }
  }

  private boolean isLineComment(char c) {
    return c == '#' && lexicon.hasHashComments() || text.startsWith("//", position);
  }

  private void blockComment() {
    int start = position;
    int close = text.indexOf("*/", start + 2);
    if (close < 0) {
      position = text.length();
      isCut = true;
      error(
          rules().unclosedComment(),
          file.span(start, start + 2),
          "comment is not closed",
          "end it with '*/'");
      return;
    }
    position = close + 2;
    Span comment = file.span(start, position);
    comments.add(comment);
    onBlockComment(comment);
  }

  /// A name. Letters that are not ASCII belong to it too, for one message about the whole of it.
  private Token name() {
    int start = position;
    int end = start;
    boolean isAscii = true;
    while (isNamePart(at(end)) || isForeignLetter(at(end)) || isInnerDot(end)) {
      isAscii &= at(end) < 128;
      end++;
    }
    Span span = file.span(start, end);
    if (!isAscii) {
      error(
          rules().badName(),
          span,
          "name " + Quote.of(span.text()) + " with letters that are not ASCII",
          "names are made of A-Z, a-z, 0-9 and _");
    } else if (end - start > MAX_NAME_LENGTH) {
      error(rules().badName(), span, "name is longer than " + MAX_NAME_LENGTH + " characters");
    }
    return token(TokenKind.IDENTIFIER, span.text(), start, end);
  }

  private boolean isInnerDot(int offset) {
    return lexicon.hasDottedNames() && at(offset) == '.' && isNamePart(at(offset + 1));
  }

  private boolean isNumberStart() {
    char c = at(position);
    boolean isSigned = lexicon.hasSignedNumbers() && (c == '+' || c == '-');
    int digit = isSigned ? position + 1 : position;
    return isDigit(at(digit)) || at(digit) == '.' && isDigit(at(digit + 1));
  }

  private Token number() {
    int start = position;
    int end = start + 1;
    while (isNamePart(at(end)) || at(end) == '.' || isExponentSign(start, end)) {
      end++;
    }
    String raw = text.substring(start, end);
    if (lexicon.integer().matcher(raw).matches()) {
      return token(TokenKind.INTEGER, raw, start, end);
    }
    if (!lexicon.decimal().matcher(raw).matches()) {
      error(rules().badNumber(), file.span(start, end), "malformed number " + Quote.of(raw));
    }
    return token(TokenKind.DECIMAL, raw, start, end);
  }

  /// Whether a sign stands here between an `e` and a digit. (The `e` of a hexadecimal number is a
  /// digit. Where numbers have signs, one right behind such a number is malformed either way.)
  private boolean isExponentSign(int start, int offset) {
    char before = at(offset - 1);
    boolean isHex = text.startsWith("0x", start) || text.startsWith("0X", start);
    return (!isHex || lexicon.hasSignedNumbers())
        && (at(offset) == '+' || at(offset) == '-')
        && (before == 'e' || before == 'E')
        && isDigit(at(offset + 1));
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
          error(rules().badCharacter(), span, message, "quote with \" or '");
      case '#' -> error(rules().badCharacter(), span, message, "a comment starts with '//'");
      default -> error(rules().badCharacter(), span, message);
    }
  }

  private boolean isIllegal(char c) {
    return !isBlank(c)
        && !isNamePart(c)
        && !isForeignLetter(c)
        && !isSymbol(c)
        && "\"'#/+-.".indexOf(c) < 0;
  }

  private boolean isSymbol(char c) {
    return lexicon.symbols().indexOf(c) >= 0;
  }

  private void error(Rule rule, Span span, String message) {
    if (badLines.add(span.line())) {
      diagnostics.report(rule, span, message);
    }
  }

  /// Reports an error, unless there is one on its line.
  protected final void error(Rule rule, Span span, String message, String help) {
    if (badLines.add(span.line())) {
      diagnostics.report(rule, span, message, help);
    }
  }

  /// The offset of the end of the line that an offset is in.
  protected final int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /// The character at an offset, or 0 past the end. (The text holds no NUL.)
  protected final char at(int offset) {
    return offset < text.length() ? text.charAt(offset) : 0;
  }

  protected static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }

  private static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isForeignLetter(char c) {
    return c >= 128 && Character.isLetterOrDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000B';
  }
}
