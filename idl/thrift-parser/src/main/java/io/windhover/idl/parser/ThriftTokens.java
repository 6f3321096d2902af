package io.windhover.idl.parser;

import static io.windhover.source.parse.TokenKind.COMMA;
import static io.windhover.source.parse.TokenKind.END;
import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.INTEGER;
import static io.windhover.source.parse.TokenKind.LEFT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.LITERAL;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACE;
import static io.windhover.source.parse.TokenKind.RIGHT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.SEMICOLON;
import static io.windhover.source.parse.TokenKind.STAR;

import io.windhover.idl.ast.Name;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.SyntaxException;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import io.windhover.source.parse.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The tokens of a Thrift file, and the ways to go on behind an error.
final class ThriftTokens extends TokenStream {
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

  /// Whether a member was left out since somebody asked.
  private boolean hasSkipped;

  private boolean isTruncated;

  ThriftTokens(SourceFile file, Diagnostics diagnostics) {
    super(new ThriftLexer(file, diagnostics));
  }

  /// Whether a number stands behind [#next], with nothing but blanks in between.
  boolean isNumberBehindNext() {
    String text = next().span().file().text();
    int position = next().span().end();
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position < text.length() && "+-0123456789".indexOf(text.charAt(position)) >= 0;
  }

  /// Whether a definition or header seems to start here: a word for one begins the line and has
  /// company on it.
  boolean atDefinition() {
    return current().startsLine()
        && at(IDENTIFIER)
        && DEFINITION_WORDS.contains(current().text())
        && !next().startsLine()
        && (next().kind() == IDENTIFIER || next().kind() == LITERAL || next().kind() == STAR);
  }

  boolean acceptSeparator() {
    return accept(COMMA) || accept(SEMICOLON);
  }

  /// A name that the file declares, so one without dots.
  Name declaredName(String what) {
    if (atDefinition()) {
      throw unexpected(what);
    }
    Token token = expect(IDENTIFIER, what);
    if (token.text().indexOf('.') >= 0) {
      diagnostics().report(ThriftRule.BAD_NAME, token.span(), what + " must not hold a dot");
    }
    return new Name(token.text(), token.span());
  }

  /// A name that may refer to another file.
  Name dottedName(String what) {
    Token token = expect(IDENTIFIER, what);
    return new Name(token.text(), token.span());
  }

  /// Parses something that may hold itself, within the limit that keeps the stack safe.
  <T> T nested(Supplier<T> parse) {
    return nested(MAX_DEPTH, parse);
  }

  /// Whether a member was left out since this was called last.
  boolean takeSkipped() {
    boolean taken = hasSkipped;
    hasSkipped = false;
    return taken;
  }

  /// Whether the end of the text seems to be missing, or is lost in a comment.
  boolean isCut() {
    return isTruncated || isCutByComment();
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
        forgiveCurrent();
        hasSkipped = true;
        isTruncated |= at(END);
        return members;
      }
      Token first = current();
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
    return close == RIGHT_PARENTHESIS && at("throws") && next().kind() == LEFT_PARENTHESIS;
  }

  /// Goes on to where the next() member, or the end of them all, seems to be.
  private void skipMember(Token first, TokenKind close) {
    var brackets = new OpenBrackets();
    while (!at(END) && !atDefinition()) {
      if (brackets.areClosed()) {
        if (at(close) || at(RIGHT_BRACE) || current().startsLine() && !current().equals(first)) {
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
        && (next().startsLine() || next().kind() == close || next().kind() == INTEGER);
  }

  /// Goes on to where the next() definition seems to be.
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
