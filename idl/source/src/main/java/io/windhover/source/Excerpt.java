package io.windhover.source;

import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// The source line of a span with carets under it.
///
/// Tabs before the carets are kept, so that both lines align. Of a very long line only the part
/// around the carets is shown. Control characters are replaced: they may come from an untrusted
/// file and go to a terminal.
final class Excerpt {
  private static final int MAX_LINE = 200;
  private static final int MAX_BEFORE = 80;
  private static final int MAX_MARKED = 80;
  private static final String CUT = "...";

  private Excerpt() {}

  /// Two lines, each ended; empty if the line is blank.
  static Optional<String> of(Span span) {
    SourceFile file = span.file();
    String text = file.text();
    int lineStart = file.lineStart(span.line());
    int lineEnd = Math.max(file.lineEnd(span.line()), lineStart);
    if (text.substring(lineStart, lineEnd).isBlank()) {
      return Optional.empty();
    }
    int markStart = Math.min(span.start(), lineEnd);
    int markEnd = Math.clamp(Math.min(span.end(), lineEnd), markStart, markStart + MAX_MARKED);
    boolean isLong = lineEnd - lineStart > MAX_LINE;
    int from = isLong ? Math.max(lineStart, markStart - MAX_BEFORE) : lineStart;
    int to = isLong ? Math.min(lineEnd, from + MAX_LINE) : lineEnd;

    String shown =
        (from > lineStart ? CUT : "") + text.substring(from, to) + (to < lineEnd ? CUT : "");
    String before = (from > lineStart ? CUT : "") + text.substring(from, markStart);
    int marked = Math.max(1, text.codePointCount(markStart, markEnd));
    return Optional.of(
        printable(shown) + "\n" + blank(before) + "^" + "~".repeat(marked - 1) + "\n");
  }

  /// A text without what a terminal would obey: control characters but the tab, and characters that
  /// turn the direction of writing.
  static String printable(String line) {
    return map(line, c -> c == '\t' || isPrintable(c) ? c : '\uFFFD');
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      default -> true;
    };
  }

  private static String blank(String line) {
    return map(line, c -> c == '\t' ? '\t' : ' ');
  }

  private static String map(String line, IntUnaryOperator mapping) {
    return line.codePoints()
        .map(mapping)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
