package io.windhover.idl.parser;

import io.windhover.idl.ast.Document;
import io.windhover.idl.source.Diagnostic;
import io.windhover.idl.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/// One file by itself, its includes not followed: what tools need that write the file back.
///
/// @param tokens all of them, the last of kind END; what stands between two of them is blanks and
///   comments
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
    SourceFile file = Decoder.decode(path, bytes, diagnostics);
    if (diagnostics.errors() > 0) {
      var none = new Document(file, List.of(), List.of());
      return new ParsedFile(none, List.of(), diagnostics.reported());
    }
    Document document = Parser.parse(file, diagnostics);
    return new ParsedFile(document, tokens(file), diagnostics.reported());
  }

  public SourceFile file() {
    return document.file();
  }

  /// Whether the tree is not all of the file.
  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  private static List<Token> tokens(SourceFile file) {
    var lexer = new Lexer(file, new Diagnostics());
    var tokens = new ArrayList<Token>();
    do {
      tokens.add(lexer.next());
    } while (tokens.getLast().kind() != TokenKind.END);
    return tokens;
  }
}
