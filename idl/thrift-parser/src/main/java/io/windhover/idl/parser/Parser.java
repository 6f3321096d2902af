package io.windhover.idl.parser;

import static io.windhover.source.parse.TokenKind.END;
import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.LITERAL;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACE;
import static io.windhover.source.parse.TokenKind.STAR;

import io.windhover.idl.ast.CppInclude;
import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.Document;
import io.windhover.idl.ast.Header;
import io.windhover.idl.ast.Include;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.Namespace;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Quote;
import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.SyntaxException;
import io.windhover.source.parse.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Parses a file by recursive descent: this class the file as a whole, its neighbours the parts.
///
/// Words that only the older compilers or fbthrift know are recognised where they would stand, so
/// that the message can say what to write ([Foreign]).
final class Parser {
  private final SourceFile file;
  private final ThriftTokens tokens;
  private final Literals literals;
  private final TypeParser types;
  private final DeclarationParser declarationParser;
  private final Foreign foreign;
  private final List<Header> headers = new ArrayList<>();
  private final List<Declaration> declarations = new ArrayList<>();
  private final Set<Declaration> incomplete = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean isBroken;

  /// What could be parsed.
  ///
  /// @param isBroken whether whole declarations or headers may be missing
  /// @param incomplete declarations with something left out; an identity set
  record Result(Document document, boolean isBroken, Set<Declaration> incomplete) {}

  private Parser(SourceFile file, Dialect dialect, Diagnostics diagnostics) {
    var dialectCheck = new DialectCheck(dialect, diagnostics);
    this.file = file;
    this.tokens = new ThriftTokens(file, diagnostics);
    this.literals = new Literals(dialectCheck, diagnostics);
    this.types = new TypeParser(tokens, literals, dialectCheck);
    this.declarationParser = new DeclarationParser(tokens, literals, types, dialectCheck);
    this.foreign = new Foreign(tokens);
  }

  /// What could be parsed; where anything could not, an error is reported.
  static Result parse(SourceFile file, Dialect dialect, Diagnostics diagnostics) {
    return new Parser(file, dialect, diagnostics).result();
  }

  private Result result() {
    int faultsBefore = tokens.diagnostics().faults();
    while (!tokens.at(END)) {
      Token first = tokens.current();
      try {
        if (!tokens.acceptSeparator()) {
          headerOrDefinition();
        }
      } catch (SyntaxException _) {
        isBroken = true;
        if (tokens.current().equals(first) || !tokens.atDefinition()) {
          tokens.skipDefinition();
        }
      }
    }
    var faults = tokens.diagnostics().faultsFrom(faultsBefore);
    int[] starts = faults.stream().mapToInt(Span::start).sorted().toArray();
    declarations.stream().filter(it -> holdsAny(starts, it.span())).forEach(incomplete::add);
    var document = new Document(file, headers, declarations);
    return new Result(document, isBroken || tokens.isCut(), incomplete);
  }

  /// Whether a declaration holds a fault. One about its first word is that what came before is not
  /// closed.
  private static boolean holdsAny(int[] faults, Span declaration) {
    int found = Arrays.binarySearch(faults, declaration.start() + 1);
    int next = found < 0 ? -found - 1 : found;
    return next < faults.length && faults[next] < declaration.end();
  }

  private void headerOrDefinition() {
    Token first = tokens.current();
    if (!tokens.at(IDENTIFIER)) {
      foreign.explainAnnotation();
      throw tokens.at(RIGHT_BRACE)
          ? tokens.error(ThriftRule.SYNTAX, first.span(), "'}' closes nothing")
          : tokens.unexpected("a definition");
    }
    switch (first.text()) {
      case "include", "cpp_include", "namespace" -> header(first);
      default -> {
        String scope = Foreign.scope(first.text());
        if (scope != null) {
          legacyNamespace(scope);
        } else {
          foreign.explainDefinition();
          tokens.takeSkipped();
          Declaration declaration = declarationParser.declaration();
          declarations.add(declaration);
          if (tokens.takeSkipped()) {
            incomplete.add(declaration);
          }
        }
      }
    }
  }

  private void header(Token first) {
    if (!declarations.isEmpty()) {
      tokens
          .diagnostics()
          .report(
              ThriftRule.MISPLACED_HEADER,
              first.span(),
              first.text() + " after a definition",
              "move it up, before '" + declarations.getFirst().name() + "'");
    }
    tokens.advance();
    headers.add(
        switch (first.text()) {
          case "include" ->
              new Include(literal("the path of a file, in quotes"), tokens.spanFrom(first));
          case "cpp_include" ->
              new CppInclude(literal("a header, in quotes"), tokens.spanFrom(first));
          default -> namespace(first);
        });
  }

  private StringLiteral literal(String what) {
    return literals.string(tokens.expect(LITERAL, what));
  }

  private Namespace namespace(Token first) {
    String scope =
        tokens.accept(STAR) ? "*" : tokens.expect(IDENTIFIER, "a language or '*'").text();
    Name name = tokens.dottedName("the namespace");
    var annotations = types.annotations();
    return new Namespace(scope, name, annotations, tokens.spanFrom(first));
  }

  private void legacyNamespace(String scope) {
    Token word = tokens.advance();
    Token name = tokens.at(LITERAL) ? tokens.advance() : tokens.expect(IDENTIFIER, "a namespace");
    String message = "'" + word.text() + "' is an old spelling";
    if (isName(name.text())) {
      String help = "write 'namespace " + scope + " " + name.text() + "'";
      tokens.diagnostics().report(ThriftRule.OLD_SPELLING, word.span(), message, help);
      Span span = tokens.spanFrom(word);
      headers.add(new Namespace(scope, new Name(name.text(), name.span()), List.of(), span));
    } else if (scope.equals("xsd")) { // a URI
      tokens
          .diagnostics()
          .report(
              ThriftRule.OLD_SPELLING,
              word.span(),
              message,
              "leave it out, no schema is made here");
    } else {
      tokens
          .diagnostics()
          .report(
              ThriftRule.BAD_NAMESPACE, name.span(), "not a namespace: " + Quote.of(name.text()));
    }
  }

  /// Whether a quoted text could stand without its quotes. A namespace becomes the path of a file.
  private static boolean isName(String text) {
    var errors = new Diagnostics();
    Token token = new ThriftLexer(new SourceFile("", text), errors).next();
    return token.kind() == IDENTIFIER && token.text().equals(text) && errors.faults() == 0;
  }
}
