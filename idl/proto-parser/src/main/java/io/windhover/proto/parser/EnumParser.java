package io.windhover.proto.parser;

import static io.windhover.source.parse.TokenKind.EQUALS;
import static io.windhover.source.parse.TokenKind.LEFT_BRACE;
import static io.windhover.source.parse.TokenKind.SEMICOLON;

import io.windhover.proto.ast.EnumDef;
import io.windhover.proto.ast.EnumValueDef;
import io.windhover.proto.ast.Member;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.NumberLiteral;
import io.windhover.proto.ast.Visibility;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Parses enums.
final class EnumParser {
  private final ProtoTokens tokens;
  private final Literals literals;
  private final OptionParser options;
  private final ReservedParser reserved;

  EnumParser(ProtoTokens tokens, Literals literals, OptionParser options, ReservedParser reserved) {
    this.tokens = tokens;
    this.literals = literals;
    this.options = options;
    this.reserved = reserved;
  }

  /// The current token is `enum`.
  ///
  /// @param first the one before it, if that belongs to it
  EnumDef enumeration(Token first, Optional<Visibility> visibility) {
    tokens.advance();
    Name name = tokens.name("the name of the enum");
    tokens.expect(LEFT_BRACE);
    var comment = tokens.comment(first);
    Consumer<List<Member>> member = members -> members.add(member());
    var members = tokens.block("enum '" + name + "'", member);
    return new EnumDef(comment, visibility, name, members, tokens.spanFrom(first));
  }

  private Member member() {
    return switch (tokens.word()) {
      case "option" -> options.statement();
      case "reserved" -> reserved.reserved();
      default -> value();
    };
  }

  private EnumValueDef value() {
    Token first = tokens.current();
    Name name = tokens.name("the name of a value");
    tokens.expect(EQUALS, "'=' and the number of the value");
    NumberLiteral number = literals.signedNumber("the number of the value");
    var bracketed = options.bracketed();
    tokens.expect(SEMICOLON, "';' behind the value");
    return new EnumValueDef(tokens.comment(first), name, number, bracketed, tokens.spanFrom(first));
  }
}
