package io.windhover.idl.parser;

import static io.windhover.source.parse.TokenKind.AT;
import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.LEFT_ANGLE;
import static io.windhover.source.parse.TokenKind.LEFT_BRACKET;
import static io.windhover.source.parse.TokenKind.LEFT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.LITERAL;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACKET;

import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.SyntaxException;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Knows forms of fbthrift, of the oldest Apache compilers and of other languages that we do not
/// take, to say what to write instead.
final class Foreign {
  /// Headers from before `namespace`, and the scope each stands for.
  private static final Map<String, String> LEGACY_NAMESPACES =
      Map.ofEntries(
          Map.entry("cocoa_prefix", "cocoa"),
          Map.entry("cpp_namespace", "cpp"),
          Map.entry("csharp_namespace", "csharp"),
          Map.entry("delphi_namespace", "delphi"),
          Map.entry("java_package", "java"),
          Map.entry("perl_package", "perl"),
          Map.entry("php_namespace", "php"),
          Map.entry("py_module", "py"),
          Map.entry("ruby_namespace", "rb"),
          Map.entry("smalltalk_category", "smalltalk.category"),
          Map.entry("smalltalk_prefix", "smalltalk.prefix"),
          Map.entry("xsd_namespace", "xsd"));

  private static final Map<String, String> TYPES =
      Map.of("float", "write 'double'", "slist", "write 'list<string>'");

  /// Containers of other languages.
  private static final Map<String, String> CONTAINERS =
      Map.ofEntries(
          Map.entry("ArrayList", "list"),
          Map.entry("Array", "list"),
          Map.entry("Collection", "list"),
          Map.entry("HashMap", "map"),
          Map.entry("HashSet", "set"),
          Map.entry("List", "list"),
          Map.entry("Map", "map"),
          Map.entry("Set", "set"),
          Map.entry("array", "list"),
          Map.entry("dict", "map"),
          Map.entry("vector", "list"));

  /// Words that begin a definition elsewhere.
  private static final Map<String, String> DEFINITIONS =
      Map.of(
          "class",
          "struct",
          "interface",
          "service",
          "message",
          "struct",
          "record",
          "struct",
          "type",
          "typedef");

  private static final Set<String> STREAMS = Set.of("stream", "sink");
  private static final Set<String> METHOD_WORDS =
      Set.of("client", "idempotent", "performs", "readonly");

  private final ThriftTokens tokens;

  Foreign(ThriftTokens tokens) {
    this.tokens = tokens;
  }

  static @Nullable String scope(String word) {
    return LEGACY_NAMESPACES.get(word);
  }

  /// Refuses `@Annotation{...}`.
  void explainAnnotation() {
    if (tokens.at(AT)) {
      throw fbthrift("'@'", "write annotations behind what they belong to: (key = \"value\")");
    }
  }

  void explainDefinition() {
    Token word = tokens.current();
    TokenKind next = tokens.next().kind();
    if (word.is("package") && next == LITERAL) {
      throw fbthrift("'package'", "write 'namespace' for each language");
    }
    if (word.is("interaction") && next == IDENTIFIER) {
      throw fbthrift("'interaction'", "write a service");
    }
    if (word.is("senum") && next == IDENTIFIER) {
      throw tokens.error(
          ThriftRule.FOREIGN_SYNTAX, word.span(), "'senum' is gone from Thrift", "write an enum");
    }
    if (word.is("package") && next == IDENTIFIER) {
      throw noWord(word, "write 'namespace java %s'".formatted(tokens.next().text()));
    }
    if (word.is("import") && (next == IDENTIFIER || next == LITERAL)) {
      throw noWord(word, "write 'include' and the path of a Thrift file, in quotes");
    }
    String ours = DEFINITIONS.get(word.text());
    if (ours != null && next == IDENTIFIER) {
      throw noWord(word, "write '%s'".formatted(ours));
    }
  }

  private SyntaxException noWord(Token word, String help) {
    return tokens.error(
        ThriftRule.FOREIGN_SYNTAX, word.span(), word + " is no word of Thrift", help);
  }

  /// Called behind the name of a struct; goes on behind what it is said to extend.
  void explainBase(StructKind kind) {
    Token word = tokens.current();
    if (tokens.accept("extends")) {
      tokens.dottedName("the name of a " + kind);
      tokens
          .diagnostics()
          .report(
              ThriftRule.FOREIGN_SYNTAX,
              word.span(),
              "only a service extends another",
              "write a field of the other type");
    }
  }

  /// Called behind `throws`.
  void explainThrows() {
    Token type = tokens.current();
    if (tokens.at(IDENTIFIER)) {
      throw tokens.error(
          ThriftRule.SYNTAX,
          type.span(),
          "expected '(', found " + type,
          "write 'throws (1: %s error)'".formatted(type.text()));
    }
  }

  /// Called where `(` has to follow. If it does not, what was read as the return type may have been
  /// a modifier; a type may have such a name too, so this could not be told before.
  void explainMethod(Token returnType) {
    if (!tokens.at(LEFT_PARENTHESIS) && METHOD_WORDS.contains(returnType.text())) {
      throw tokens.error(
          ThriftRule.FOREIGN_SYNTAX,
          returnType.span(),
          returnType + " is fbthrift syntax",
          "leave it out");
    }
  }

  void explainType() {
    Token word = tokens.current();
    String help = TYPES.get(word.text());
    if (help != null) {
      throw tokens.error(
          ThriftRule.FOREIGN_SYNTAX, word.span(), word + " is no type of Thrift", help);
    }
    String container = CONTAINERS.get(word.text());
    if (container != null && tokens.next().kind() == LEFT_ANGLE) {
      throw tokens.error(
          ThriftRule.FOREIGN_SYNTAX,
          word.span(),
          word + " is no type of Thrift",
          "write '%s'".formatted(container));
    }
    if (STREAMS.contains(word.text()) && tokens.next().kind() == LEFT_ANGLE) {
      throw fbthrift(
          word.toString(),
          "annotate the method: (streaming.mode = \"server\"), or client, bidirectional");
    }
  }

  /// Called behind the name of a type.
  void explainArray(Token element) {
    if (tokens.at(LEFT_BRACKET) && tokens.next().kind() == RIGHT_BRACKET) {
      throw tokens.error(
          ThriftRule.FOREIGN_SYNTAX,
          tokens.current().span().to(tokens.next().span()),
          "'[]' makes no list of Thrift",
          "write 'list<%s>'".formatted(element.text()));
    }
  }

  private SyntaxException fbthrift(String what, String help) {
    return tokens.error(
        ThriftRule.FOREIGN_SYNTAX, tokens.current().span(), what + " is fbthrift syntax", help);
  }
}
