package io.windhover.idl.parser;

import static io.windhover.source.parse.TokenKind.COLON;
import static io.windhover.source.parse.TokenKind.COMMA;
import static io.windhover.source.parse.TokenKind.END;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACE;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACKET;
import static io.windhover.source.parse.TokenKind.SEMICOLON;

import io.windhover.idl.ast.BoolLiteral;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.IdentifierValue;
import io.windhover.idl.ast.ListLiteral;
import io.windhover.idl.ast.MapEntry;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// Parses the value of a constant or a default.
final class ValueParser {
  private final ThriftTokens tokens;
  private final Literals literals;

  ValueParser(ThriftTokens tokens, Literals literals) {
    this.tokens = tokens;
    this.literals = literals;
  }

  ConstValue value() {
    return tokens.nested(this::anyValue);
  }

  private ConstValue anyValue() {
    Token first = tokens.current();
    return switch (first.kind()) {
      case INTEGER -> literals.integer(tokens.advance());
      case DECIMAL -> literals.decimal(tokens.advance());
      case LITERAL -> literals.string(tokens.advance());
      case IDENTIFIER -> word(tokens.advance());
      case LEFT_BRACKET -> list(tokens.advance());
      case LEFT_BRACE -> map(tokens.advance());
      default -> throw tokens.unexpected("a value");
    };
  }

  private static ConstValue word(Token word) {
    return switch (word.text()) {
      case "true" -> new BoolLiteral(true, word.span());
      case "false" -> new BoolLiteral(false, word.span());
      default -> new IdentifierValue(word.text(), word.span());
    };
  }

  private ListLiteral list(Token first) {
    var elements = new ArrayList<ConstValue>();
    while (!tokens.accept(RIGHT_BRACKET)) {
      expectMore(RIGHT_BRACKET, "the list");
      elements.add(value());
      tokens.acceptSeparator();
    }
    return new ListLiteral(elements, tokens.spanFrom(first));
  }

  private ConstValue map(Token first) {
    var entries = new ArrayList<MapEntry>();
    while (!tokens.accept(RIGHT_BRACE)) {
      expectMore(RIGHT_BRACE, "the map");
      ConstValue key = value();
      if (entries.isEmpty() && endsElement()) {
        return listInBraces(first, key);
      }
      tokens.expect(COLON, "':' between key and value");
      entries.add(new MapEntry(key, value()));
      tokens.acceptSeparator();
    }
    return new MapLiteral(entries, tokens.spanFrom(first));
  }

  private boolean endsElement() {
    return tokens.at(COMMA) || tokens.at(SEMICOLON) || tokens.at(RIGHT_BRACE);
  }

  /// Reports a list or set that is written as one of C or Java, and goes on behind it.
  private ListLiteral listInBraces(Token first, ConstValue element) {
    tokens
        .diagnostics()
        .report(
            ThriftRule.FOREIGN_SYNTAX,
            first.span(),
            "the elements of a list or a set stand in brackets",
            "write '[' and ']'; braces hold a map, each key with ':' and a value");
    var elements = new ArrayList<>(List.of(element));
    tokens.acceptSeparator();
    while (!tokens.accept(RIGHT_BRACE)) {
      expectMore(RIGHT_BRACE, "the list");
      elements.add(value());
      tokens.acceptSeparator();
    }
    return new ListLiteral(elements, tokens.spanFrom(first));
  }

  /// Reports a list or map that is not closed where the next definition starts.
  private void expectMore(TokenKind close, String what) {
    if (tokens.at(END) || tokens.atDefinition()) {
      throw tokens.unexpected(close + " to close " + what);
    }
  }
}
