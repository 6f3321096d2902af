package io.windhover.idl.parser;

import static io.windhover.source.parse.TokenKind.AMPERSAND;
import static io.windhover.source.parse.TokenKind.COLON;
import static io.windhover.source.parse.TokenKind.EQUALS;
import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.INTEGER;
import static io.windhover.source.parse.TokenKind.LEFT_ANGLE;
import static io.windhover.source.parse.TokenKind.LEFT_BRACE;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACE;

import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.Requiredness;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.Suggestion;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.Optional;

/// Parses a field, an argument or an entry of a `throws` list.
final class FieldParser {
  private static final List<String> REQUIREDNESS = List.of("required", "optional");

  private final ThriftTokens tokens;
  private final Literals literals;
  private final DialectCheck dialects;
  private final TypeParser types;
  private final ValueParser values;

  FieldParser(
      ThriftTokens tokens,
      Literals literals,
      TypeParser types,
      ValueParser values,
      DialectCheck dialects) {
    this.tokens = tokens;
    this.literals = literals;
    this.dialects = dialects;
    this.types = types;
    this.values = values;
  }

  FieldDef field() {
    Token first = tokens.current();
    Optional<IntLiteral> id = Optional.empty();
    if (tokens.at(INTEGER)) {
      id = Optional.of(literals.fieldId(tokens.advance()));
      tokens.expect(COLON, "':' after the field id");
    }
    Requiredness requiredness = requiredness();
    Token typeWord = tokens.current();
    TypeRef type = types.type();
    Token ampersand = tokens.current();
    boolean isReference = tokens.accept(AMPERSAND);
    if (isReference) {
      dialects.onlyApache(ampersand.span(), "'&'");
    }
    Name name = tokens.declaredName("the name of the field");
    dialects.checkFieldName(name);
    explainRequiredness(requiredness, typeWord);
    Optional<ConstValue> defaultValue = Optional.empty();
    if (tokens.accept(EQUALS)) {
      defaultValue = Optional.of(values.value());
    }
    FieldDef.Xsd xsd = xsd();
    var annotations = types.annotations();
    return new FieldDef(
        DeclarationParser.doc(first),
        id,
        requiredness,
        type,
        isReference,
        name,
        defaultValue,
        xsd,
        annotations,
        tokens.spanFrom(first));
  }

  private Requiredness requiredness() {
    if (tokens.next().kind() != IDENTIFIER) {
      return Requiredness.DEFAULT; // then such a word is a type
    }
    if (tokens.accept("required")) {
      return Requiredness.REQUIRED;
    }
    return tokens.accept("optional") ? Requiredness.OPTIONAL : Requiredness.DEFAULT;
  }

  /// Called behind the name of a field. If something follows that belongs to a type, what was read
  /// as the type may have been a word before it: misspelled, or one of two.
  private void explainRequiredness(Requiredness requiredness, Token type) {
    boolean goesOn = tokens.at(IDENTIFIER) && !tokens.current().startsLine();
    if (!goesOn && !tokens.at(LEFT_ANGLE)) {
      return;
    }
    if (REQUIREDNESS.contains(type.text())) {
      boolean isRepeated = type.is(requiredness.toString());
      throw tokens.error(
          ThriftRule.SYNTAX,
          type.span(),
          isRepeated ? type + " is there twice" : "a field is either 'required' or 'optional'",
          "leave one out");
    }
    var help = Suggestion.help(type.text(), REQUIREDNESS);
    if (help.isPresent()) {
      throw tokens.error(
          ThriftRule.SYNTAX, type.span(), "expected a type, found " + type, help.get());
    }
  }

  private FieldDef.Xsd xsd() {
    Token word = tokens.current();
    boolean isOptional = tokens.accept("xsd_optional");
    boolean isNillable = tokens.accept("xsd_nillable");
    List<FieldDef> attributes = List.of();
    if (tokens.accept("xsd_attrs")) {
      tokens.expect(LEFT_BRACE);
      attributes = tokens.nested(() -> tokens.members(RIGHT_BRACE, "xsd_attrs", this::field));
    }
    if (word.text().startsWith("xsd_")) {
      dialects.onlyApache(word.span(), "'" + word.text() + "'");
    }
    return isOptional || isNillable || !attributes.isEmpty()
        ? new FieldDef.Xsd(isOptional, isNillable, attributes)
        : FieldDef.Xsd.NONE;
  }
}
