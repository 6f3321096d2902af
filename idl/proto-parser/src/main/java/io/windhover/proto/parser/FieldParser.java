package io.windhover.proto.parser;

import static io.windhover.source.parse.TokenKind.COMMA;
import static io.windhover.source.parse.TokenKind.EQUALS;
import static io.windhover.source.parse.TokenKind.LEFT_ANGLE;
import static io.windhover.source.parse.TokenKind.LEFT_BRACE;
import static io.windhover.source.parse.TokenKind.RIGHT_ANGLE;
import static io.windhover.source.parse.TokenKind.SEMICOLON;

import io.windhover.proto.ast.FieldDef;
import io.windhover.proto.ast.Label;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.NumberLiteral;
import io.windhover.proto.ast.Scalar;
import io.windhover.proto.ast.TypeRef;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import java.util.Optional;

/// Parses one field, or a group, which is a field together with its message.
final class FieldParser {
  private final ProtoTokens tokens;
  private final Literals literals;
  private final OptionParser options;
  private final MessageParser messages;

  FieldParser(ProtoTokens tokens, Literals literals, OptionParser options, MessageParser messages) {
    this.tokens = tokens;
    this.literals = literals;
    this.options = options;
    this.messages = messages;
  }

  FieldDef field() {
    Token first = tokens.current();
    Optional<Label> label = label();
    if (tokens.at("group")) {
      return group(first, label);
    }
    TypeRef type = type();
    Name name = tokens.name("the name of the field");
    NumberLiteral number = number();
    var bracketed = options.bracketed();
    tokens.expect(SEMICOLON, "';' behind the field");
    return new FieldDef(
        tokens.comment(first),
        label,
        type,
        name,
        number,
        bracketed,
        Optional.empty(),
        tokens.spanFrom(first));
  }

  private Optional<Label> label() {
    for (Label label : Label.values()) {
      if (tokens.accept(label.toString())) {
        return Optional.of(label);
      }
    }
    return Optional.empty();
  }

  private FieldDef group(Token first, Optional<Label> label) {
    tokens.advance();
    Name name = tokens.name("the name of the group");
    if (!Character.isUpperCase(name.text().charAt(0))) {
      tokens
          .diagnostics()
          .report(
              ProtoRule.BAD_NAME,
              name.span(),
              "the name of a group starts with a capital letter: it is that of a message");
    }
    NumberLiteral number = number();
    var bracketed = options.bracketed();
    tokens.expect(LEFT_BRACE);
    var comment = tokens.comment(first);
    var members = messages.members("group '" + name + "'");
    var span = tokens.spanFrom(first);
    return new FieldDef(
        comment,
        label,
        new TypeRef.Named(name),
        name,
        number,
        bracketed,
        Optional.of(new MessageDef(comment, Optional.empty(), name, members, span)),
        span);
  }

  private NumberLiteral number() {
    tokens.expect(EQUALS, "'=' and the number of the field");
    return literals.number("the number of the field");
  }

  private TypeRef type() {
    if (tokens.at("map") && tokens.next().kind() == LEFT_ANGLE) {
      return tokens.nested(ProtoTokens.MAX_MESSAGES, this::map); // it has a message of its own
    }
    return simpleType("a type");
  }

  private TypeRef map() {
    Token first = tokens.advance();
    tokens.expect(LEFT_ANGLE);
    TypeRef key = simpleType("the type of the keys");
    tokens.expect(COMMA);
    TypeRef value = simpleType("the type of the values");
    tokens.expect(RIGHT_ANGLE);
    return new TypeRef.OfMap(key, value, tokens.spanFrom(first));
  }

  private TypeRef simpleType(String what) {
    Optional<Scalar> scalar = Scalar.find(tokens.current().text());
    if (scalar.isPresent() && tokens.at(TokenKind.IDENTIFIER)) {
      return new TypeRef.OfScalar(scalar.get(), tokens.advance().span());
    }
    return new TypeRef.Named(tokens.dottedName(what));
  }
}
