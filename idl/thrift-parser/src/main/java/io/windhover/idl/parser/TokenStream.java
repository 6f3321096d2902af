package io.windhover.idl.parser;

import static io.windhover.idl.parser.TokenKind.COMMA;
import static io.windhover.idl.parser.TokenKind.END;
import static io.windhover.idl.parser.TokenKind.IDENTIFIER;
import static io.windhover.idl.parser.TokenKind.INTEGER;
import static io.windhover.idl.parser.TokenKind.LEFT_PARENTHESIS;
import static io.windhover.idl.parser.TokenKind.LITERAL;
import static io.windhover.idl.parser.TokenKind.RIGHT_BRACE;
import static io.windhover.idl.parser.TokenKind.RIGHT_PARENTHESIS;
import static io.windhover.idl.parser.TokenKind.SEMICOLON;
import static io.windhover.idl.parser.TokenKind.STAR;

import io.windhover.idl.ast.Name;
import io.windhover.idl.source.Rule;
import io.windhover.idl.source.SourceFile;
import io.windhover.idl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tokens of a file with one of lookahead, and the ways to go on behind an error.
final class TokenStream {
  private static final Set<String> DEFINITION_WORDS =
      Set.of(
          "const",
          "enum",
          "exception",
          "include",
          "namespace",
          "service",
          "struct",
          "typedef",
          "union");
  private static final int MAX_DEPTH = 256;

  private final Diagnostics diagnostics;
  private final Lexer lexer;
  private Token current;
  private Token next;
  private Span last;
  private int depth;

  /// Where the last complaint about a token was: it needs no second one.
  private @Nullable Token complaint;

  /// Whether a member was left out since somebody asked.
  private boolean hasSkipped;

  private boolean isTruncated;

  TokenStream(SourceFile file, Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.lexer = new Lexer(file, diagnostics);
    this.current = lexer.next();
    this.next = lexer.next();
    this.last = file.span(0, 0);
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  Token current() {
    return current;
  }

  /// The token after the current one.
  Token next() {
    return next;
  }

  /// Whether a number stands behind [#next], with nothing but blanks in between.
  boolean isNumberBehindNext() {
    String text = next.span().file().text();
    int position = next.span().end();
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position < text.length() && "+-0123456789".indexOf(text.charAt(position)) >= 0;
  }

  /// From a first token to the last one consumed.
  Span spanFrom(Token first) {
    return first.span().to(last);
  }

  boolean at(TokenKind kind) {
    return current.kind() == kind;
  }

  boolean at(String word) {
    return current.is(word);
  }

  /// Whether a definition or header seems to start here: a word for one begins the line and has
  /// company on it.
  boolean atDefinition() {
    return current.startsLine()
        && at(IDENTIFIER)
        && DEFINITION_WORDS.contains(current.text())
        && !next.startsLine()
        && (next.kind() == IDENTIFIER || next.kind() == LITERAL || next.kind() == STAR);
  }

  Token advance() {
    Token consumed = current;
    last = consumed.span();
    current = next;
    next = lexer.next();
    return consumed;
  }

  boolean accept(TokenKind kind) {
    boolean found = at(kind);
    if (found) {
      advance();
    }
    return found;
  }

  boolean accept(String word) {
    boolean found = at(word);
    if (found) {
      advance();
    }
    return found;
  }

  boolean acceptSeparator() {
    return accept(COMMA) || accept(SEMICOLON);
  }

  /// @param what as it reads after "expected"
  Token expect(TokenKind kind, String what) {
    if (!at(kind)) {
      throw unexpected(what);
    }
    return advance();
  }

  Token expect(TokenKind kind) {
    return expect(kind, kind.toString());
  }

  /// A name that the file declares, so one without dots.
  Name declaredName(String what) {
    if (atDefinition()) {
      throw unexpected(what);
    }
    Token token = expect(IDENTIFIER, what);
    if (token.text().indexOf('.') >= 0) {
      diagnostics.report(Rule.BAD_NAME, token.span(), what + " must not hold a dot");
    }
    return new Name(token.text(), token.span());
  }

  /// A name that may refer to another file.
  Name dottedName(String what) {
    Token token = expect(IDENTIFIER, what);
    return new Name(token.text(), token.span());
  }

  /// Reports that the current token fits nowhere; the caller throws the result.
  SyntaxException unexpected(String expected) {
    boolean isKnown = current.equals(complaint);
    complaint = current;
    if (isKnown || lexer.isBad(current.span().line()) || lexer.isBad(last.line())) {
      return new SyntaxException(); // comes of what has been reported
    }
    return error(Rule.SYNTAX, current.span(), "expected " + expected + ", found " + current);
  }

  /// Reports an error that parsing cannot go on behind; the caller throws the result.
  SyntaxException error(Rule rule, Span span, String message) {
    diagnostics.report(rule, span, message);
    return new SyntaxException();
  }

  SyntaxException error(Rule rule, Span span, String message, String help) {
    diagnostics.report(rule, span, message, help);
    return new SyntaxException();
  }

  /// Parses something that may hold itself, within the limit that keeps the stack safe.
  <T> T nested(Supplier<T> parse) {
    if (depth == MAX_DEPTH) {
      throw error(Rule.TOO_DEEP, current.span(), "nested deeper than " + MAX_DEPTH + " levels");
    }
    depth++;
    try {
      return parse.get();
    } finally {
      depth--;
    }
  }

  /// Whether a member was left out since this was called last.
  boolean takeSkipped() {
    boolean taken = hasSkipped;
    hasSkipped = false;
    return taken;
  }

  /// Whether the end of the text seems to be missing, or is lost in a comment.
  boolean isCut() {
    return isTruncated || lexer.isCut();
  }

  /// Parses members, each perhaps followed by a separator, up to and with `close`. A bad one is
  /// reported and left out, and so is what is missing at their end.
  ///
  /// @param owner what the members belong to, as it reads after "to close"
  <T> List<T> members(TokenKind close, String owner, Supplier<T> parse) {
    var members = new ArrayList<T>();
    boolean isBroken = false;
    while (!accept(close)) {
      if (at(END) || at(RIGHT_BRACE) || atDefinition() || atThrows(close)) {
        if (!isBroken) {
          unexpected(close + " to close " + owner);
        }
        complaint = current;
        hasSkipped = true;
        isTruncated |= at(END);
        return members;
      }
      Token first = current;
      try {
        members.add(parse.get());
        acceptSeparator();
      } catch (SyntaxException _) {
        isBroken = true;
        hasSkipped = true;
        skipMember(first, close);
      }
    }
    return members;
  }

  /// Whether the list of arguments is over, though nothing has closed it.
  private boolean atThrows(TokenKind close) {
    return close == RIGHT_PARENTHESIS && at("throws") && next.kind() == LEFT_PARENTHESIS;
  }

  /// Goes on to where the next member, or the end of them all, seems to be.
  private void skipMember(Token first, TokenKind close) {
    var brackets = new OpenBrackets();
    while (!at(END) && !atDefinition()) {
      if (brackets.areClosed()) {
        if (at(close) || at(RIGHT_BRACE) || current.startsLine() && !current.equals(first)) {
          return;
        }
        if (endsMember(close)) {
          advance();
          return;
        }
      }
      brackets.see(advance().kind());
    }
  }

  /// Whether this separator is followed by what a member starts with, and not by the rest of a
  /// broken type or value.
  private boolean endsMember(TokenKind close) {
    return (at(COMMA) || at(SEMICOLON))
        && (next.startsLine() || next.kind() == close || next.kind() == INTEGER);
  }

  /// Goes on to where the next definition seems to be.
  void skipDefinition() {
    var brackets = new OpenBrackets();
    do {
      boolean closes = at(RIGHT_BRACE);
      brackets.see(advance().kind());
      if (closes && brackets.areClosed()) {
        return;
      }
    } while (!at(END) && !atDefinition());
  }
}
