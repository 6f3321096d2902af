package io.windhover.proto.parser;

import io.windhover.proto.ast.Comment;
import io.windhover.source.Span;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which of the comments between two tokens belongs to the token before, being on its line, and
/// which to the token behind, being right above it.
///
/// Comments to the end of a line that stand in lines below one another are one.
final class Comments {

  private Comments() {}

  /// What stands right before a token.
  static Optional<Comment> before(Token token) {
    List<Span> comments = token.comments();
    int first = isBehindToken(comments) ? 1 : 0;
    if (comments.size() == first || comments.getLast().endLine() + 1 < token.span().line()) {
      return Optional.empty();
    }
    int from = comments.size() - 1;
    while (from > first && goesOn(comments.get(from - 1), comments.get(from))) {
      from--;
    }
    return Optional.of(prose(comments.get(from).to(comments.getLast())));
  }

  /// What stands behind the token before this one, on that token's line.
  static Optional<Comment> behindLast(Token token) {
    List<Span> comments = token.comments();
    return isBehindToken(comments) ? Optional.of(prose(comments.getFirst())) : Optional.empty();
  }

  /// Whether the first of the comments stands behind a token: there is something on its line.
  private static boolean isBehindToken(List<Span> comments) {
    if (comments.isEmpty()) {
      return false;
    }
    String text = comments.getFirst().file().text();
    int at = comments.getFirst().start() - 1;
    while (at >= 0 && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at--;
    }
    return at >= 0 && text.charAt(at) != '\n' && text.charAt(at) != '\r';
  }

  private static boolean goesOn(Span above, Span below) {
    return isLine(above) && isLine(below) && above.endLine() + 1 == below.line();
  }

  private static boolean isLine(Span comment) {
    return comment.text().startsWith("//");
  }

  private static Comment prose(Span span) {
    String text = span.text();
    String inside =
        text.startsWith("/*") ? text.substring(2, Math.max(2, text.length() - 2)) : text;
    String prose = inside.lines().map(Comments::withoutMarks).collect(Collectors.joining("\n"));
    return new Comment(prose.strip(), span);
  }

  private static String withoutMarks(String line) {
    String stripped = line.strip();
    int marks = 0;
    while (marks < stripped.length() && "/*".indexOf(stripped.charAt(marks)) >= 0) {
      marks++;
    }
    String text = stripped.substring(marks);
    return marks > 0 && text.startsWith(" ") ? text.substring(1) : text;
  }
}
