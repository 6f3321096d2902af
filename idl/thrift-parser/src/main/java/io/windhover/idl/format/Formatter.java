package io.windhover.idl.format;

import io.windhover.idl.dump.SyntaxJson;
import io.windhover.idl.parser.ParsedFile;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Formatted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Writes a file in the one layout: two spaces a level, a member a line, at most one blank line in
/// a row, lines of up to 100 characters where there is a place to break them. What the file says,
/// the order of it, and the comments stay as they are.
public final class Formatter {

  private Formatter() {}

  /// Formats one file. One with errors of syntax is left alone.
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
              ThriftRule.GENERATOR_ERROR,
              file.file().span(0, 0),
              "cannot be formatted: it would then say something else");
      return new Formatted(Optional.empty(), List.of(error));
    }
    return new Formatted(Optional.of(text), file.diagnostics());
  }

  /// Whether nothing is lost, whatever a person may have written.
  private static boolean saysTheSame(ParsedFile file, String text) {
    var formatted = ParsedFile.of(file.file().path(), text.getBytes(StandardCharsets.UTF_8));
    return !formatted.hasErrors()
        && SyntaxJson.withoutPlaces(formatted.document())
            .equals(SyntaxJson.withoutPlaces(file.document()));
  }
}
