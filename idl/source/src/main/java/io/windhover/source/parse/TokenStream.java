package io.windhover.source.parse;

import io.windhover.source.Diagnostic;
import io.windhover.source.Rule;
import io.windhover.source.Span;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tokens of a file with one of lookahead. How to go on behind an error is up to the language.
public abstract class TokenStream {
  private final Lexer lexer;
  private final Diagnostics diagnostics;
  private Token current;
  private Token next;
  private Span last;
  private int depth;

  /// Where the last complaint about a token was: it needs no second one.
  private @Nullable Token complaint;

  protected TokenStream(Lexer lexer) {
    this.lexer = lexer;
    this.diagnostics = lexer.diagnostics();
    this.current = lexer.next();
    this.next = lexer.next();
    this.last = lexer.file().span(0, 0);
  }

  public final Diagnostics diagnostics() {
    return diagnostics;
  }

  public final Token current() {
    return current;
  }

  /// The token after the current one.
  public final Token next() {
    return next;
  }

  /// From a first token to the last one consumed.
  public final Span spanFrom(Token first) {
    return first.span().to(last);
  }

  public final boolean at(TokenKind kind) {
    return current.kind() == kind;
  }

  public final boolean at(String word) {
    return current.is(word);
  }

  /// Consumes the current token.
  public Token advance() {
    Token consumed = current;
    last = consumed.span();
    current = next;
    next = lexer.next();
    return consumed;
  }

  public final boolean accept(TokenKind kind) {
    boolean found = at(kind);
    if (found) {
      advance();
    }
    return found;
  }

  public final boolean accept(String word) {
    boolean found = at(word);
    if (found) {
      advance();
    }
    return found;
  }

  /// @param what as it reads after "expected"
  public final Token expect(TokenKind kind, String what) {
    if (!at(kind)) {
      throw unexpected(what);
    }
    return advance();
  }

  public final Token expect(TokenKind kind) {
    return expect(kind, kind.toString());
  }

  public final void expect(String word) {
    if (!accept(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  /// Reports that the current token fits nowhere; the caller throws the result.
  public final SyntaxException unexpected(String expected) {
    boolean isKnown = current.equals(complaint);
    complaint = current;
    if (isKnown || lexer.isBad(current.span().line()) || lexer.isBad(last.line())) {
      return new SyntaxException(); // comes of what has been reported
    }
    Rule syntax = lexer.rules().syntax();
    return error(syntax, current.span(), "expected " + expected + ", found " + current);
  }

  /// Whatever does not fit here comes of what has been reported.
  protected final void forgiveCurrent() {
    complaint = current;
  }

  /// Reports an error that parsing cannot go on behind; the caller throws the result.
  public final SyntaxException error(Diagnostic diagnostic) {
    diagnostics.report(diagnostic);
    return new SyntaxException();
  }

  public final SyntaxException error(Rule rule, Span span, String message) {
    return error(Diagnostic.of(rule, span, message));
  }

  public final SyntaxException error(Rule rule, Span span, String message, String help) {
    return error(Diagnostic.of(rule, span, message).withHelp(help));
  }

  /// Parses something that may hold itself, within the limit that keeps the stack safe.
  ///
  /// @param max how many levels there may be
  public final <T> T nested(int max, Supplier<T> parse) {
    if (depth >= max) {
      String message = "nested deeper than " + max + " levels";
      throw error(lexer.rules().tooDeep(), current.span(), message);
    }
    depth++;
    try {
      return parse.get();
    } finally {
      depth--;
    }
  }

  /// Whether the rest of the text is lost in a comment that nothing ends.
  protected final boolean isCutByComment() {
    return lexer.isCut();
  }
}
