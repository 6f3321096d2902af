package io.windhover.idl.parser;

import io.windhover.idl.ast.DocComment;
import io.windhover.source.Span;
import io.windhover.source.parse.Token;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes the prose out of a doc comment.
final class DocProse {

  private DocProse() {}

  /// The last doc comment before a token.
  static Optional<DocComment> before(Token token) {
    return token.comments().reversed().stream()
        .filter(it -> it.text().startsWith("/**") && it.end() - it.start() > "/**/".length())
        .findFirst()
        .map(DocProse::of);
  }

  /// @param comment from `/**` to `*/`
  private static DocComment of(Span comment) {
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
