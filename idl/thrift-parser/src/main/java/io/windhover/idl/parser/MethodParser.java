package io.windhover.idl.parser;

import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.LEFT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.RIGHT_PARENTHESIS;

import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.Suggestion;
import io.windhover.source.parse.SyntaxException;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.Optional;

/// Parses a method of a service.
final class MethodParser {
  private final ThriftTokens tokens;
  private final TypeParser types;
  private final FieldParser fields;
  private final DialectCheck dialects;
  private final Foreign foreign;

  MethodParser(ThriftTokens tokens, TypeParser types, FieldParser fields, DialectCheck dialects) {
    this.tokens = tokens;
    this.types = types;
    this.fields = fields;
    this.dialects = dialects;
    this.foreign = new Foreign(tokens);
  }

  MethodDef method() {
    foreign.explainAnnotation();
    Token first = tokens.current();
    boolean isOneway = oneway();
    Token type = tokens.current();
    Optional<TypeRef> returnType =
        tokens.accept("void") ? Optional.empty() : Optional.of(types.type());
    Name name = tokens.declaredName("the name of the method");
    dialects.checkName(name);
    foreign.explainMethod(type);
    tokens.expect(LEFT_PARENTHESIS);
    var arguments = fields("the arguments of '" + name + "'");
    List<FieldDef> exceptions = List.of();
    if (tokens.accept("throws")) {
      foreign.explainThrows();
      tokens.expect(LEFT_PARENTHESIS);
      exceptions = fields("the throws list of '" + name + "'");
    } else if (tokens.at(IDENTIFIER)
        && tokens.next().kind() == LEFT_PARENTHESIS
        && tokens.isNumberBehindNext()) { // or else it is the next method, of an annotated type
      throw misspelledThrows();
    }
    var annotations = types.annotations();
    return new MethodDef(
        DeclarationParser.doc(first),
        isOneway,
        returnType,
        name,
        arguments,
        exceptions,
        annotations,
        tokens.spanFrom(first));
  }

  private SyntaxException misspelledThrows() {
    Token word = tokens.current();
    String message = "expected 'throws', found " + word;
    return Suggestion.help(word.text(), List.of("throws"))
        .map(help -> tokens.error(ThriftRule.SYNTAX, word.span(), message, help))
        .orElseGet(() -> tokens.error(ThriftRule.SYNTAX, word.span(), message));
  }

  private boolean oneway() {
    if (tokens.next().kind() != IDENTIFIER) {
      return false; // then such a word is a type
    }
    if (tokens.at("async")) {
      dialects.onlyApache(tokens.current().span(), "'async'");
      tokens
          .diagnostics()
          .report(
              ThriftRule.OLD_SPELLING,
              tokens.current().span(),
              "'async' is an old spelling",
              "write 'oneway'");
      return tokens.accept("async");
    }
    return tokens.accept("oneway");
  }

  private List<FieldDef> fields(String owner) {
    return tokens.members(RIGHT_PARENTHESIS, owner, fields::field);
  }
}
