package io.windhover.proto.parser;

import static io.windhover.source.parse.TokenKind.COMMA;
import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.LITERAL;
import static io.windhover.source.parse.TokenKind.SEMICOLON;

import io.windhover.proto.ast.ExtensionsDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.NumberRange;
import io.windhover.proto.ast.ReservedDef;
import io.windhover.proto.ast.StringLiteral;
import io.windhover.source.parse.Token;
import java.util.ArrayList;
import java.util.List;

/// Parses `reserved` and `extensions`: ranges of numbers, and names.
final class ReservedParser {
  private final ProtoTokens tokens;
  private final Literals literals;

  ReservedParser(ProtoTokens tokens, Literals literals) {
    this.tokens = tokens;
    this.literals = literals;
  }

  /// The current token is `extensions`.
  ExtensionsDef extensions(OptionParser options) {
    Token first = tokens.advance();
    var ranges = ranges();
    var bracketed = options.bracketed();
    tokens.expect(SEMICOLON, "',' or ';' behind the numbers");
    return new ExtensionsDef(ranges, bracketed, tokens.spanFrom(first));
  }

  /// The current token is `reserved`.
  ReservedDef reserved() {
    Token first = tokens.advance();
    List<NumberRange> ranges = List.of();
    var names = new ArrayList<Name>();
    if (tokens.at(LITERAL)) {
      do {
        StringLiteral name = literals.string("a name in quotes");
        names.add(new Name(name.text(), name.span()));
      } while (tokens.accept(COMMA));
    } else if (tokens.at(IDENTIFIER)) {
      do {
        names.add(tokens.name("a name"));
      } while (tokens.accept(COMMA));
    } else {
      ranges = ranges();
    }
    tokens.expect(SEMICOLON, "',' or ';' behind what is reserved");
    return new ReservedDef(ranges, names, tokens.spanFrom(first));
  }

  private List<NumberRange> ranges() {
    var ranges = new ArrayList<NumberRange>();
    do {
      Token first = tokens.current();
      long from = literals.signedNumber("a number").value();
      long to = from;
      if (tokens.accept("to")) {
        to = tokens.accept("max") ? NumberRange.MAX : literals.signedNumber("a number").value();
      }
      ranges.add(new NumberRange(from, to, tokens.spanFrom(first)));
    } while (tokens.accept(COMMA));
    return ranges;
  }
}
