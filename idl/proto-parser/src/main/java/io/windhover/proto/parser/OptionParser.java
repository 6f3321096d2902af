package io.windhover.proto.parser;

import static io.windhover.source.parse.TokenKind.COLON;
import static io.windhover.source.parse.TokenKind.COMMA;
import static io.windhover.source.parse.TokenKind.DOT;
import static io.windhover.source.parse.TokenKind.EQUALS;
import static io.windhover.source.parse.TokenKind.LEFT_ANGLE;
import static io.windhover.source.parse.TokenKind.LEFT_BRACE;
import static io.windhover.source.parse.TokenKind.LEFT_BRACKET;
import static io.windhover.source.parse.TokenKind.LEFT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.MINUS;
import static io.windhover.source.parse.TokenKind.RIGHT_ANGLE;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACE;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACKET;
import static io.windhover.source.parse.TokenKind.RIGHT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.SEMICOLON;
import static io.windhover.source.parse.TokenKind.SLASH;

import io.windhover.proto.ast.AggregateField;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.OptionName;
import io.windhover.proto.ast.OptionValue;
import io.windhover.source.parse.Token;
import java.util.ArrayList;
import java.util.List;

/// Parses options and their values.
final class OptionParser {
  private final ProtoTokens tokens;
  private final Literals literals;

  OptionParser(ProtoTokens tokens, Literals literals) {
    this.tokens = tokens;
    this.literals = literals;
  }

  /// `option name = value;`. The current token is the first word.
  OptionDef statement() {
    Token first = tokens.advance();
    OptionName name = name();
    tokens.expect(EQUALS);
    OptionValue value = value();
    tokens.expect(SEMICOLON, "';' behind the option");
    return new OptionDef(name, value, tokens.spanFrom(first));
  }

  /// `[name = value, ...]`, or nothing.
  List<OptionDef> bracketed() {
    var options = new ArrayList<OptionDef>();
    if (!tokens.accept(LEFT_BRACKET)) {
      return options;
    }
    do {
      Token first = tokens.current();
      OptionName name = name();
      tokens.expect(EQUALS);
      OptionValue value = value();
      options.add(new OptionDef(name, value, tokens.spanFrom(first)));
    } while (tokens.accept(COMMA));
    tokens.expect(RIGHT_BRACKET, "',' or ']' behind the option");
    return options;
  }

  private OptionName name() {
    Token first = tokens.current();
    var parts = new ArrayList<OptionName.Part>();
    do {
      if (tokens.accept(LEFT_PARENTHESIS)) {
        parts.add(new OptionName.Part(tokens.dottedName("the name of an extension"), true));
        tokens.expect(RIGHT_PARENTHESIS);
      } else {
        parts.add(new OptionName.Part(tokens.name("the name of an option"), false));
      }
    } while (tokens.accept(DOT));
    return new OptionName(parts, tokens.spanFrom(first));
  }

  private OptionValue value() {
    return tokens.at(LEFT_BRACE) ? aggregate() : scalar();
  }

  private OptionValue scalar() {
    Token first = tokens.current();
    boolean isNegative = tokens.accept(MINUS);
    Token token = tokens.current();
    return switch (token.kind()) {
      case IDENTIFIER -> {
        tokens.advance();
        yield new OptionValue.Word(token.text(), isNegative, tokens.spanFrom(first));
      }
      case INTEGER -> {
        tokens.advance();
        yield new OptionValue.Whole(isNegative, literals.whole(token), tokens.spanFrom(first));
      }
      case DECIMAL -> {
        tokens.advance();
        double value = literals.decimal(token);
        yield new OptionValue.Decimal(isNegative ? -value : value, tokens.spanFrom(first));
      }
      case LITERAL -> {
        if (isNegative) {
          throw tokens.unexpected("a number behind '-'");
        }
        yield new OptionValue.Text(literals.string("a quoted text"));
      }
      default -> throw tokens.unexpected(isNegative ? "a number behind '-'" : "a value");
    };
  }

  private OptionValue aggregate() {
    return tokens.nested(ProtoTokens.MAX_VALUES, this::message);
  }

  /// A message in the text format, in braces or in angles.
  private OptionValue message() {
    Token first = tokens.advance();
    var close = first.kind() == LEFT_ANGLE ? RIGHT_ANGLE : RIGHT_BRACE;
    var fields = new ArrayList<AggregateField>();
    while (!tokens.accept(close)) {
      fields.add(field());
      if (!tokens.accept(COMMA)) {
        tokens.accept(SEMICOLON);
      }
    }
    return new OptionValue.Aggregate(fields, tokens.spanFrom(first));
  }

  private AggregateField field() {
    Token first = tokens.current();
    boolean isBracketed = tokens.accept(LEFT_BRACKET);
    Name name = isBracketed ? bracketedName() : tokens.name("the name of a field");
    boolean hasColon = tokens.accept(COLON);
    OptionValue value = hasColon || atMessage() || tokens.at(LEFT_BRACKET) ? fieldValue() : null;
    if (value == null) {
      throw tokens.unexpected("':' behind the name of the field");
    }
    return new AggregateField(name, isBracketed, hasColon, value, tokens.spanFrom(first));
  }

  /// The name of an extension, or a URL that ends in that of a message, and the bracket behind it.
  private Name bracketedName() {
    Token first = tokens.current();
    if (tokens.at(DOT)) {
      throw tokens.unexpected("the name of an extension or a type");
    }
    var text = new StringBuilder(tokens.dottedName("the name of an extension or a type").text());
    while (tokens.accept(SLASH)) {
      text.append('/').append(tokens.dottedName("the name of a type").text());
    }
    var name = new Name(text.toString(), tokens.spanFrom(first));
    tokens.expect(RIGHT_BRACKET);
    return name;
  }

  private boolean atMessage() {
    return tokens.at(LEFT_BRACE) || tokens.at(LEFT_ANGLE);
  }

  private OptionValue fieldValue() {
    if (atMessage()) {
      return aggregate();
    }
    if (!tokens.at(LEFT_BRACKET)) {
      return scalar();
    }
    Token first = tokens.advance();
    var values = new ArrayList<OptionValue>();
    if (!tokens.accept(RIGHT_BRACKET)) {
      do {
        values.add(atMessage() ? aggregate() : scalar());
      } while (tokens.accept(COMMA));
      tokens.expect(RIGHT_BRACKET, "',' or ']' behind the element");
    }
    return new OptionValue.Elements(values, tokens.spanFrom(first));
  }
}
