package io.windhover.idl.parser;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.Document;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.SourceFile;
import io.windhover.source.parse.Decoder;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Token;
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
    SourceFile file = Decoder.decode(path, path, bytes, ThriftRule.BAD_ENCODING, diagnostics);
    if (diagnostics.hasErrors()) {
      var none = new Document(file, List.of(), List.of());
      return new ParsedFile(none, List.of(), diagnostics.reported());
    }
    Document document = Parser.parse(file, Dialect.BOTH, diagnostics).document();
    return new ParsedFile(document, tokens(file), diagnostics.reported());
  }

  /// A file that was parsed without errors.
  public static ParsedFile of(Document document) {
    return new ParsedFile(document, tokens(document.file()), List.of());
  }

  public SourceFile file() {
    return document.file();
  }

  /// Whether the tree is not all of the file.
  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  private static List<Token> tokens(SourceFile file) {
    return new ThriftLexer(file, new Diagnostics()).all();
  }
}
