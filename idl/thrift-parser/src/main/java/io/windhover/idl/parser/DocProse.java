package io.windhover.idl.parser;

import io.windhover.idl.ast.DocComment;
import io.windhover.idl.source.Span;
import java.util.stream.Collectors;

/// Takes the prose out of a doc comment.
final class DocProse {

  private DocProse() {}

  /// @param comment from `/**` to `*/`
  static DocComment of(Span comment) {
    String inside = comment.text().substring(3, comment.text().length() - 2);
    String prose = inside.lines().map(DocProse::withoutStar).collect(Collectors.joining("\n"));
    return new DocComment(prose.strip(), comment);
  }

  private static String withoutStar(String line) {
    String stripped = line.strip();
    if (!stripped.startsWith("*")) {
      return stripped;
    }
    String text = stripped.substring(1);
    return text.startsWith(" ") ? text.substring(1) : text;
  }
}
