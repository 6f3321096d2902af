package io.windhover.proto.parser;

import static io.windhover.source.parse.TokenKind.DOT;
import static io.windhover.source.parse.TokenKind.END;
import static io.windhover.source.parse.TokenKind.EQUALS;
import static io.windhover.source.parse.TokenKind.IDENTIFIER;
import static io.windhover.source.parse.TokenKind.RIGHT_BRACE;
import static io.windhover.source.parse.TokenKind.SEMICOLON;

import io.windhover.proto.ast.Declaration;
import io.windhover.proto.ast.Document;
import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.Import;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.PackageDef;
import io.windhover.proto.ast.StringLiteral;
import io.windhover.proto.ast.Syntax;
import io.windhover.proto.ast.Visibility;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import io.windhover.source.parse.SyntaxException;
import io.windhover.source.parse.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Parses a file by recursive descent: this class the file as a whole, its neighbours the parts.
final class Parser {
  private static final List<String> WORDS =
      List.of("enum", "extend", "import", "message", "option", "package", "service");

  private final SourceFile file;
  private final ProtoTokens tokens;
  private final Literals literals;
  private final OptionParser optionParser;
  private final MessageParser messages;
  private final EnumParser enums;
  private final ServiceParser services;
  private final List<Import> imports = new ArrayList<>();
  private final List<OptionDef> options = new ArrayList<>();
  private final List<Declaration> declarations = new ArrayList<>();
  private @Nullable Syntax syntax;
  private @Nullable PackageDef packageName;

  private Parser(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.tokens = new ProtoTokens(file, diagnostics);
    this.literals = new Literals(tokens);
    this.optionParser = new OptionParser(tokens, literals);
    var reserved = new ReservedParser(tokens, literals);
    this.enums = new EnumParser(tokens, literals, optionParser, reserved);
    this.messages = new MessageParser(tokens, literals, optionParser, reserved, enums);
    this.services = new ServiceParser(tokens, optionParser);
  }

  /// What could be parsed; where anything could not, an error is reported.
  static Document parse(SourceFile file, Diagnostics diagnostics) {
    return new Parser(file, diagnostics).document();
  }

  private Document document() {
    Token start = tokens.current();
    while (!tokens.at(END)) {
      Token first = tokens.current();
      int outer = tokens.braces();
      try {
        if (!tokens.accept(SEMICOLON)) {
          statement(first, start);
        }
      } catch (SyntaxException _) {
        tokens.skipStatement(first, outer);
        if (tokens.at(RIGHT_BRACE)) {
          tokens.advance(); // of a block whose beginning was broken
        }
      }
    }
    return new Document(
        file,
        Optional.ofNullable(syntax),
        Optional.ofNullable(packageName),
        imports,
        options,
        declarations);
  }

  private void statement(Token first, Token start) {
    if (!tokens.at(IDENTIFIER)) {
      throw tokens.at(RIGHT_BRACE)
          ? tokens.error(ProtoRule.SYNTAX, first.span(), "'}' closes nothing")
          : tokens.unexpected("a definition");
    }
    Optional<Visibility> visibility = tokens.visibility();
    switch (tokens.current().text()) {
      case "syntax", "edition" -> syntax(first.equals(start));
      case "package" -> packageStatement();
      case "import" -> imports.add(importStatement());
      case "option" -> options.add(optionParser.statement());
      case "message" -> declarations.add(messages.message(first, visibility));
      case "enum" -> declarations.add(enums.enumeration(first, visibility));
      case "extend" -> declarations.add(messages.extend());
      case "service" -> declarations.add(services.service());
      default ->
          throw tokens.error(
              Diagnostic.of(ProtoRule.SYNTAX, first.span(), "expected a definition, found " + first)
                  .maybeHelp(Suggestion.help(first.text(), WORDS)));
    }
  }

  private void syntax(boolean isFirst) {
    Token word = tokens.advance();
    boolean isEdition = word.is("edition");
    tokens.expect(EQUALS);
    StringLiteral value = literals.string("the " + word.text() + ", in quotes");
    tokens.expect(SEMICOLON);
    if (!isFirst) {
      String message = "'" + word.text() + "' is not the first statement";
      String help = "move it up, or leave it out if it stands there already";
      throw tokens.error(ProtoRule.SYNTAX, word.span(), message, help);
    }
    Optional<Edition> edition = Edition.find(value.text(), isEdition);
    if (edition.isEmpty()) {
      String message = "unknown " + word.text() + " " + Quote.of(value.text());
      String help = "known: " + String.join(", ", Edition.names(isEdition));
      throw tokens.error(ProtoRule.BAD_EDITION, value.span(), message, help);
    }
    syntax = new Syntax(edition.get(), tokens.spanFrom(word));
    tokens.setEdition(edition.get());
  }

  private void packageStatement() {
    Token first = tokens.advance();
    if (tokens.at(DOT)) {
      throw tokens.unexpected("the name of the package");
    }
    var name = tokens.dottedName("the name of the package");
    tokens.expect(SEMICOLON);
    if (packageName != null) {
      throw tokens.error(
          Diagnostic.of(ProtoRule.SYNTAX, first.span(), "a second package")
              .withLabel(packageName.span(), "the first one is here"));
    }
    packageName = new PackageDef(name, tokens.spanFrom(first));
  }

  private Import importStatement() {
    Token first = tokens.advance();
    var kind =
        tokens.accept("public")
            ? Import.Kind.PUBLIC
            : tokens.accept("weak")
                ? Import.Kind.WEAK
                : tokens.accept("option") ? Import.Kind.OPTION : Import.Kind.NORMAL;
    StringLiteral path = literals.string("the path of a file, in quotes");
    tokens.expect(SEMICOLON, "';' behind the import");
    return new Import(kind, path, tokens.spanFrom(first));
  }
}
