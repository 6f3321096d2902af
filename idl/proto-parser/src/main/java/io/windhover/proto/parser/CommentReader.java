package io.windhover.proto.parser;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.source.Span;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts together the comments between two tokens: which belongs to the token before, being on its
/// line, and which to the token behind, being right above it.
///
/// Comments to the end of a line that stand in lines below one another are one.
final class CommentReader {
  private @Nullable Span last;
  private @Nullable Span behind;
  private boolean lastIsLine;

  /// A token was read; what comes is about the next.
  void begin() {
    last = null;
    behind = null;
    lastIsLine = false;
  }

  /// @param previous the token before; null at the start of the file
  void see(Span comment, boolean isLine, @Nullable Span previous) {
    if (last == null && previous != null && previous.endLine() == comment.line()) {
      behind = comment;
      return;
    }
    boolean goesOn = isLine && lastIsLine && last != null && last.endLine() + 1 == comment.line();
    last = goesOn && last != null ? last.to(comment) : comment;
    lastIsLine = isLine;
  }

  @Nullable Comment behind() {
    return behind == null ? null : prose(behind);
  }

  @Nullable Comment before(Span token) {
    return last == null || last.endLine() + 1 < token.line() ? null : prose(last);
  }

  private static Comment prose(Span span) {
    String text = span.text();
    String inside =
        text.startsWith("/*") ? text.substring(2, Math.max(2, text.length() - 2)) : text;
    String prose =
        inside.lines().map(CommentReader::withoutMarks).collect(Collectors.joining("\n"));
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
