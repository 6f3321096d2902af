package io.windhover.proto.format;

import io.windhover.proto.parser.ParsedFile;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Formatted;
import io.windhover.source.Span;
import io.windhover.source.parse.Token;
import io.windhover.source.parse.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a file in the one layout: two spaces a level, a statement a line, at most one blank line
/// in a row, lines of up to 100 characters where there is a place to break them. What the file
/// says, the order of it, and the comments stay as they are.
public final class Formatter {

  private Formatter() {}

  /// Formats one file, its imports not followed. One with errors of syntax is left alone.
  ///
  /// @param path as messages show it
  /// @param bytes the file's, in UTF-8
  public static Formatted format(String path, byte[] bytes) {
    var file = ParsedFile.of(path, bytes);
    if (file.hasErrors()) {
      return new Formatted(Optional.empty(), file.diagnostics());
    }
    String text = new LayoutBuilder(file).build().render();
    if (!saysTheSame(file, text)) {
      var error =
          Diagnostic.of(
              ProtoRule.SYNTAX,
              file.file().span(0, 0),
              "cannot be formatted: it would then say something else");
      return new Formatted(Optional.empty(), List.of(error));
    }
    return new Formatted(Optional.of(text), file.diagnostics());
  }

  /// Whether nothing is lost, whatever a person may have written: the words and the comments in
  /// turn are the same, but for statements of nothing.
  private static boolean saysTheSame(ParsedFile file, String text) {
    var again = ParsedFile.of(file.file().path(), text.getBytes(StandardCharsets.UTF_8));
    return !again.hasErrors()
        && words(again).equals(words(file))
        && comments(again).equals(comments(file));
  }

  private static List<String> words(ParsedFile file) {
    var words = new ArrayList<String>();
    boolean isEnd = true;
    for (Token token : file.tokens()) {
      boolean isSemicolon = token.kind() == TokenKind.SEMICOLON;
      if (!isSemicolon || !isEnd) {
        words.add(token.span().text());
      }
      isEnd =
          isSemicolon
              || token.kind() == TokenKind.LEFT_BRACE
              || token.kind() == TokenKind.RIGHT_BRACE;
    }
    return words;
  }

  private static List<String> comments(ParsedFile file) {
    return file.tokens().stream()
        .flatMap(token -> token.comments().stream())
        .map(Span::text)
        .map(text -> text.replaceAll("\\s+", " ").strip())
        .toList();
  }
}
