package io.windhover.proto.parser;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.Visibility;
import io.windhover.proto.source.Diagnostic;
import io.windhover.proto.source.Rule;
import io.windhover.proto.source.SourceFile;
import io.windhover.proto.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tokens of a file with one of lookahead, and the ways to go on behind an error.
final class TokenStream {
  /// Words that begin a statement which can only stand at the top of a file.
  private static final Set<String> TOP_WORDS =
      Set.of("edition", "import", "package", "service", "syntax");

  /// How deep messages may be within one another: what protoc has.
  static final int MAX_MESSAGES = 31;

  /// How deep values may be within one another.
  static final int MAX_VALUES = 100;

  /// Longer names, of all parts together, are refused.
  private static final int MAX_NAME_LENGTH = 4_000;

  private final Diagnostics diagnostics;
  private final Lexer lexer;
  private Token current;
  private Token next;
  private Span last;
  private int depth;
  private Edition edition = Edition.PROTO2;

  /// Braces that are open.
  private int braces;

  /// Where the last complaint about a token was: it needs no second one.
  private @Nullable Token complaint;

  TokenStream(SourceFile file, Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.lexer = new Lexer(file, diagnostics);
    this.current = lexer.next();
    this.next = lexer.next();
    this.last = file.span(0, 0);
  }

  /// Says by which rules to go on.
  void setEdition(Edition edition) {
    this.edition = edition;
  }

  /// The word before a message or an enum, if there is one and the edition has such.
  Optional<Visibility> visibility() {
    if (!edition.isSince(Edition.EDITION_2024)) {
      return Optional.empty();
    }
    for (Visibility visibility : Visibility.values()) {
      if (accept(visibility.toString())) {
        if (!at("message") && !at("enum")) {
          throw unexpected("'message' or 'enum' behind '" + visibility + "'");
        }
        return Optional.of(visibility);
      }
    }
    return Optional.empty();
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

  /// From a first token to the last one consumed.
  Span spanFrom(Token first) {
    return first.span().to(last);
  }

  /// What comments say about a statement whose first token this is. Asked when its `;` or `{` has
  /// just been consumed.
  Optional<Comment> comment(Token first) {
    return Optional.ofNullable(first.comment() != null ? first.comment() : current.commentBehind());
  }

  boolean at(TokenKind kind) {
    return current.kind() == kind;
  }

  boolean at(String word) {
    return current.is(word);
  }

  Token advance() {
    Token consumed = current;
    switch (consumed.kind()) {
      case LEFT_BRACE -> braces++;
      case RIGHT_BRACE -> braces = Math.max(0, braces - 1);
      default -> {}
    }
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

  void expect(String word) {
    if (!accept(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  /// A name of one part.
  Name name(String what) {
    Token token = expect(TokenKind.IDENTIFIER, what);
    return new Name(token.text(), token.span());
  }

  /// A name of several parts, perhaps with a dot before the first.
  Name dottedName(String what) {
    Token first = current;
    var text = new StringBuilder();
    if (accept(TokenKind.DOT)) {
      text.append('.');
    }
    text.append(expect(TokenKind.IDENTIFIER, what).text());
    while (accept(TokenKind.DOT)) {
      text.append('.').append(expect(TokenKind.IDENTIFIER, "a name behind '.'").text());
    }
    Span span = spanFrom(first);
    if (text.length() > MAX_NAME_LENGTH) {
      throw error(Rule.BAD_NAME, span, "name is longer than " + MAX_NAME_LENGTH + " characters");
    }
    return new Name(text.toString(), span);
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

  SyntaxException error(Diagnostic diagnostic) {
    diagnostics.report(diagnostic);
    return new SyntaxException();
  }

  /// Parses something that may hold itself, within the limit that keeps the stack safe.
  ///
  /// @param max how many levels there may be
  <T> T nested(int max, Supplier<T> parse) {
    if (depth >= max) {
      throw error(Rule.TOO_DEEP, current.span(), "nested deeper than " + max + " levels");
    }
    depth++;
    try {
      return parse.get();
    } finally {
      depth--;
    }
  }

  /// Parses statements up to and with a `}`. A bad one is reported and left out, and so is what is
  /// missing at their end.
  ///
  /// @param owner what they belong to, as it reads after "to close"
  /// @param parse adds what it has parsed, if anything
  <T> List<T> block(String owner, Consumer<List<T>> parse) {
    return block(owner, true, parse);
  }

  /// @param allowsEmpty whether a `;` may stand alone
  <T> List<T> block(String owner, boolean allowsEmpty, Consumer<List<T>> parse) {
    var members = new ArrayList<T>();
    while (!accept(TokenKind.RIGHT_BRACE)) {
      if (at(TokenKind.END) || atTop()) {
        unexpected("'}' to close " + owner);
        complaint = current;
        return members;
      }
      Token first = current;
      int outer = braces;
      try {
        if (!allowsEmpty || !accept(TokenKind.SEMICOLON)) {
          parse.accept(members);
        }
      } catch (SyntaxException _) {
        skipStatement(first, outer);
      }
    }
    return members;
  }

  /// Whether something that can only stand at the top of a file seems to start here.
  private boolean atTop() {
    return current.startsLine()
        && at(TokenKind.IDENTIFIER)
        && TOP_WORDS.contains(current.text())
        && switch (next.kind()) {
          case IDENTIFIER -> at("package") || at("service");
          case LITERAL -> at("import");
          default -> false;
        };
  }

  /// Goes on to where the next statement, or the end of them all, seems to be.
  ///
  /// @param first the first token of the broken one
  /// @param outer the braces that were open before it
  void skipStatement(Token first, int outer) {
    while (!at(TokenKind.END) && !(atTop() && !current.equals(first))) {
      boolean isWithin = braces > outer;
      boolean isNextLine = current.startsLine() && !current.equals(first);
      if (!isWithin && (at(TokenKind.RIGHT_BRACE) || isNextLine && at(TokenKind.IDENTIFIER))) {
        return;
      }
      Token skipped = advance();
      boolean isEnd =
          skipped.kind() == TokenKind.SEMICOLON || skipped.kind() == TokenKind.RIGHT_BRACE;
      if (isEnd && braces <= outer) {
        accept(TokenKind.SEMICOLON); // of an option whose value was in braces
        return;
      }
    }
  }

  /// How many braces are open.
  int braces() {
    return braces;
  }
}
