package io.windhover.proto.parser;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.Visibility;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.SyntaxException;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import io.windhover.source.parse.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The tokens of a `.proto` file, and the ways to go on behind an error.
final class ProtoTokens extends TokenStream {
  /// Words that begin a statement which can only stand at the top of a file.
  private static final Set<String> TOP_WORDS =
      Set.of("edition", "import", "package", "service", "syntax");

  /// How deep messages may be within one another: what protoc has.
  static final int MAX_MESSAGES = 31;

  /// How deep values may be within one another.
  static final int MAX_VALUES = 100;

  /// Longer names, of all parts together, are refused.
  private static final int MAX_NAME_LENGTH = 4_000;

  private Edition edition = Edition.PROTO2;

  /// Braces that are open.
  private int braces;

  ProtoTokens(SourceFile file, Diagnostics diagnostics) {
    super(new ProtoLexer(file, diagnostics));
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

  /// What comments say about a statement whose first token this is. Asked when its `;` or `{` has
  /// just been consumed.
  Optional<Comment> comment(Token first) {
    return Comments.before(first).or(() -> Comments.behindLast(current()));
  }

  @Override
  public Token advance() {
    Token consumed = super.advance();
    switch (consumed.kind()) {
      case LEFT_BRACE -> braces++;
      case RIGHT_BRACE -> braces = Math.max(0, braces - 1);
      default -> {}
    }
    return consumed;
  }

  /// The current token if it is a word, such as `message`; empty if not: a quoted text is none.
  String word() {
    return at(TokenKind.IDENTIFIER) ? current().text() : "";
  }

  /// A name of one part.
  Name name(String what) {
    Token token = expect(TokenKind.IDENTIFIER, what);
    return new Name(token.text(), token.span());
  }

  /// A name of several parts, perhaps with a dot before the first.
  Name dottedName(String what) {
    Token first = current();
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
      throw error(
          ProtoRule.BAD_NAME, span, "name is longer than " + MAX_NAME_LENGTH + " characters");
    }
    return new Name(text.toString(), span);
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
        forgiveCurrent();
        return members;
      }
      Token first = current();
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
    return current().startsLine()
        && at(TokenKind.IDENTIFIER)
        && TOP_WORDS.contains(current().text())
        && switch (next().kind()) {
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
    while (!at(TokenKind.END) && !(atTop() && !current().equals(first))) {
      boolean isWithin = braces > outer;
      boolean isNextLine = current().startsLine() && !current().equals(first);
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
