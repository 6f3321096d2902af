package io.windhover.source;

/// A piece of a file: from `start` to before `end`.
///
/// @param start offset into [SourceFile#text] in UTF-16 units
/// @param end offset past the last unit; equal to `start` for a place between two characters
public record Span(SourceFile file, int start, int end) {

  public Span {
    if (start < 0 || end < start || end > file.text().length()) {
      throw new IllegalArgumentException(
          "span: %d..%d (expected: within 0..%d)".formatted(start, end, file.text().length()));
    }
  }

  /// The smallest span that covers this one and a later one.
  public Span to(Span last) {
    return new Span(file, start, Math.max(end, last.end));
  }

  /// The first line, from 1.
  public int line() {
    return file.line(start);
  }

  /// The first column in characters (code points), from 1.
  public int column() {
    return file.column(start);
  }

  public int endLine() {
    return file.line(end);
  }

  /// The column after the last character, on [#endLine].
  public int endColumn() {
    return file.column(end);
  }

  public String text() {
    return file.text().substring(start, end);
  }

  /// `path:line:column`, which editors turn into a link.
  @Override
  public String toString() {
    return file.path() + ":" + line() + ":" + column();
  }
}
