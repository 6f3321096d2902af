package io.windhover.idl.parser;

import static io.windhover.source.parse.TokenKind.EQUALS;
import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.INTEGER;
import static io.windhover.source.parse.TokenKind.LEFT_BRACE;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACE;

import io.windhover.idl.ast.ConstDef;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.DocComment;
import io.windhover.idl.ast.EnumDef;
import io.windhover.idl.ast.EnumItemDef;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StructDef;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.ast.TypedefDef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.Suggestion;
import io.windhover.source.parse.SyntaxException;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.Optional;

/// Parses one declaration.
final class DeclarationParser {
  private static final List<String> WORDS =
      List.of("const", "enum", "exception", "service", "struct", "typedef", "union");

  private final ThriftTokens tokens;
  private final Literals literals;
  private final DialectCheck dialects;
  private final TypeParser types;
  private final ValueParser values;
  private final FieldParser fields;
  private final MethodParser methods;
  private final Foreign foreign;

  DeclarationParser(
      ThriftTokens tokens, Literals literals, TypeParser types, DialectCheck dialects) {
    this.tokens = tokens;
    this.literals = literals;
    this.dialects = dialects;
    this.types = types;
    this.values = new ValueParser(tokens, literals);
    this.fields = new FieldParser(tokens, literals, types, values, dialects);
    this.methods = new MethodParser(tokens, types, fields, dialects);
    this.foreign = new Foreign(tokens);
  }

  /// The current token is an identifier.
  Declaration declaration() {
    Token first = tokens.advance();
    return switch (first.text()) {
      case "const" -> constant(first);
      case "typedef" -> typedef(first);
      case "enum" -> enumeration(first);
      case "struct" -> struct(first, StructKind.STRUCT);
      case "union" -> struct(first, StructKind.UNION);
      case "exception" -> struct(first, StructKind.EXCEPTION);
      case "service" -> service(first);
      default -> throw unknown(first);
    };
  }

  private SyntaxException unknown(Token word) {
    String message = "expected a definition, found " + word;
    return Suggestion.help(word.text(), WORDS)
        .map(help -> tokens.error(ThriftRule.SYNTAX, word.span(), message, help))
        .orElseGet(() -> tokens.error(ThriftRule.SYNTAX, word.span(), message));
  }

  private ConstDef constant(Token first) {
    TypeRef type = types.type();
    Name name = definedName("the name of the constant");
    tokens.expect(EQUALS);
    ConstValue value = values.value();
    var annotations = types.annotations();
    dialects.onlyThriftgo(annotations, "on a constant");
    return new ConstDef(doc(first), type, name, value, annotations, tokens.spanFrom(first));
  }

  private TypedefDef typedef(Token first) {
    TypeRef type = types.type();
    Name name = definedName("the new name of the type");
    var annotations = types.annotations();
    return new TypedefDef(doc(first), type, name, annotations, tokens.spanFrom(first));
  }

  private EnumDef enumeration(Token first) {
    Name name = definedName("the name of the enum");
    tokens.expect(LEFT_BRACE);
    var items = tokens.members(RIGHT_BRACE, "enum '" + name + "'", this::enumItem);
    var annotations = types.annotations();
    return new EnumDef(doc(first), name, items, annotations, tokens.spanFrom(first));
  }

  private EnumItemDef enumItem() {
    Token first = tokens.current();
    Name name = tokens.declaredName("the name of an enum item");
    dialects.checkName(name);
    Optional<IntLiteral> value = Optional.empty();
    if (tokens.accept(EQUALS)) {
      value = Optional.of(literals.integer(tokens.expect(INTEGER)));
    }
    var annotations = types.annotations();
    return new EnumItemDef(doc(first), name, value, annotations, tokens.spanFrom(first));
  }

  private StructDef struct(Token first, StructKind kind) {
    Name name = definedName("the name of the " + kind);
    foreign.explainBase(kind);
    Token xsd = tokens.current();
    boolean xsdAll = tokens.accept("xsd_all");
    if (xsdAll) {
      dialects.onlyApache(xsd.span(), "'xsd_all'");
    }
    tokens.expect(LEFT_BRACE);
    var members = tokens.<FieldDef>members(RIGHT_BRACE, kind + " '" + name + "'", fields::field);
    var annotations = types.annotations();
    return new StructDef(
        doc(first), kind, name, xsdAll, members, annotations, tokens.spanFrom(first));
  }

  private ServiceDef service(Token first) {
    Name name = definedName("the name of the service");
    Optional<Name> base = Optional.empty();
    if (tokens.accept("extends")) {
      base = Optional.of(tokens.dottedName("the name of a service"));
    }
    tokens.expect(LEFT_BRACE);
    var members = tokens.members(RIGHT_BRACE, "service '" + name + "'", methods::method);
    var annotations = types.annotations();
    return new ServiceDef(doc(first), name, base, members, annotations, tokens.spanFrom(first));
  }

  private Name definedName(String what) {
    boolean isReserved = tokens.at(IDENTIFIER) && TypeParser.isReserved(tokens.current().text());
    if (isReserved) {
      throw tokens.error(
          ThriftRule.BAD_NAME,
          tokens.current().span(),
          tokens.current() + " is a word of the language, not a name");
    }
    Name name = tokens.declaredName(what);
    dialects.checkName(name);
    return name;
  }

  static Optional<DocComment> doc(Token first) {
    return DocProse.before(first);
  }
}
