package io.windhover.idl.parser;

import static io.windhover.source.parse.TokenKind.COMMA;
import static io.windhover.source.parse.TokenKind.EQUALS;
import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.LEFT_ANGLE;
import static io.windhover.source.parse.TokenKind.LEFT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.LITERAL;
import static io.windhover.source.parse.TokenKind.RIGHT_ANGLE;
import static io.windhover.source.parse.TokenKind.RIGHT_PARENTHESIS;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Parses types, and the annotations that may stand behind nearly everything.
public final class TypeParser {
  private static final List<String> BASE =
      List.of("bool", "byte", "i8", "i16", "i32", "i64", "double", "string", "binary", "uuid");
  private static final List<String> CONTAINERS = List.of("list", "set", "map");

  private final ThriftTokens tokens;
  private final Literals literals;
  private final DialectCheck dialects;
  private final Foreign foreign;

  TypeParser(ThriftTokens tokens, Literals literals, DialectCheck dialects) {
    this.tokens = tokens;
    this.literals = literals;
    this.dialects = dialects;
    this.foreign = new Foreign(tokens);
  }

  /// The words for types that are built in, the containers last.
  public static List<String> words() {
    return Stream.concat(BASE.stream(), CONTAINERS.stream()).toList();
  }

  /// Whether a definition of this name could never be referred to.
  static boolean isReserved(String word) {
    return BASE.contains(word) && !word.equals("uuid") // younger than many a file
        || CONTAINERS.contains(word)
        || Set.of("void", "true", "false").contains(word);
  }

  TypeRef type() {
    return tokens.nested(this::anyType);
  }

  private TypeRef anyType() {
    foreign.explainAnnotation();
    Token first = tokens.current();
    if (!tokens.at(IDENTIFIER) || tokens.atDefinition()) {
      throw tokens.unexpected("a type");
    }
    foreign.explainType();
    tokens.advance();
    String word = first.text();
    if (CONTAINERS.contains(word)) {
      return container(first);
    }
    if (word.equals("void")) {
      throw tokens.error(
          ThriftRule.SYNTAX, first.span(), "'void' is only the return type of a method");
    }
    foreign.explainArray(first);
    var annotations = annotations();
    if (BASE.contains(word)) {
      return new TypeRef.Base(word, annotations, tokens.spanFrom(first));
    }
    dialects.onlyThriftgo(annotations, "behind the name of a type");
    return new TypeRef.Named(word, annotations, tokens.spanFrom(first));
  }

  private TypeRef container(Token first) {
    Optional<StringLiteral> before = cppType();
    if (first.is("list")) {
      before.ifPresent(it -> dialects.onlyApache(it.span(), "cpp_type before the type of a list"));
    }
    tokens.expect(LEFT_ANGLE, "'<' after '" + first.text() + "'");
    if (first.is("map")) {
      TypeRef key = type();
      tokens.expect(COMMA, "',' between key and value type");
      TypeRef value = type();
      tokens.expect(RIGHT_ANGLE);
      var annotations = annotations();
      return new TypeRef.MapOf(key, value, before, annotations, tokens.spanFrom(first));
    }
    TypeRef element = type();
    tokens.expect(RIGHT_ANGLE);
    Optional<StringLiteral> cppType = before.or(this::cppType);
    var annotations = annotations();
    return first.is("list")
        ? new TypeRef.ListOf(element, cppType, annotations, tokens.spanFrom(first))
        : new TypeRef.SetOf(element, cppType, annotations, tokens.spanFrom(first));
  }

  private Optional<StringLiteral> cppType() {
    return tokens.accept("cpp_type")
        ? Optional.of(literals.string(tokens.expect(LITERAL, "a C++ type, in quotes")))
        : Optional.empty();
  }

  /// The annotations in parentheses that start here, if any do.
  List<Annotation> annotations() {
    return tokens.accept(LEFT_PARENTHESIS)
        ? tokens.members(RIGHT_PARENTHESIS, "the annotations", this::annotation)
        : List.of();
  }

  private Annotation annotation() {
    Token first = tokens.current();
    Name key = tokens.dottedName("the key of an annotation");
    Optional<StringLiteral> value = Optional.empty();
    if (tokens.accept(EQUALS)) {
      Token literal = tokens.expect(LITERAL, "the annotation's value, in quotes");
      value = Optional.of(literals.annotationValue(literal));
    } else {
      dialects.onlyApache(key.span(), "an annotation without a value");
    }
    return new Annotation(key, value, tokens.spanFrom(first));
  }
}
