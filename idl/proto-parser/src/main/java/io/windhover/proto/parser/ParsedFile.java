package io.windhover.proto.parser;

import io.windhover.proto.ast.Document;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Decoder;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.Optional;

/// One file by itself, its imports not followed: what tools need that write the file back.
///
/// @param tokens all of them, the last of kind END
/// @param diagnostics what the parser says of the file
public record ParsedFile(Document document, List<Token> tokens, List<Diagnostic> diagnostics) {

  public ParsedFile {
    tokens = List.copyOf(tokens);
    diagnostics = List.copyOf(diagnostics);
  }

  /// @param path as messages show it
  /// @param bytes the file's, in UTF-8
  public static ParsedFile of(String path, byte[] bytes) {
    var diagnostics = new Diagnostics();
    SourceFile file = Decoder.decode(path, path, bytes, ProtoRule.BAD_ENCODING, diagnostics);
    if (diagnostics.hasErrors()) {
      return new ParsedFile(empty(file), List.of(), diagnostics.reported());
    }
    Document document = Parser.parse(file, diagnostics);
    List<Token> tokens = new ProtoLexer(file, new Diagnostics()).all();
    return new ParsedFile(document, tokens, diagnostics.reported());
  }

  /// A file that was parsed without errors.
  public static ParsedFile of(Document document) {
    var tokens = new ProtoLexer(document.file(), new Diagnostics()).all();
    return new ParsedFile(document, tokens, List.of());
  }

  private static Document empty(SourceFile file) {
    return new Document(file, Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());
  }

  public SourceFile file() {
    return document.file();
  }

  /// Whether the tree is not all of the file.
  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
