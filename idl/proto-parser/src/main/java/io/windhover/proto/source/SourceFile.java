package io.windhover.proto.source;

import java.util.Arrays;

/// The text of a `.proto` file, and what it is called. Compared by identity.
public final class SourceFile {
  private final String name;
  private final String path;
  private final String text;
  private final int[] lineStarts;

  /// @param name by which other files import it, such as `google/protobuf/any.proto`
  /// @param path as messages show it; need not exist on disk
  public SourceFile(String name, String path, String text) {
    this.name = name;
    this.path = path;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  /// By which other files import it.
  public String name() {
    return name;
  }

  public String path() {
    return path;
  }

  public String text() {
    return text;
  }

  public Span span(int start, int end) {
    return new Span(this, start, end);
  }

  int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  int column(int offset) {
    return text.codePointCount(lineStart(line(offset)), offset) + 1;
  }

  int lineStart(int line) {
    return lineStarts[line - 1];
  }

  /// The offset past a line's last character, its terminator left out.
  int lineEnd(int line) {
    int end = line < lineStarts.length ? lineStarts[line] : text.length();
    while (end > lineStart(line) && isTerminator(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  @Override
  public String toString() {
    return name;
  }

  private static boolean isTerminator(char c) {
    return c == '\n' || c == '\r';
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      boolean carriageReturn = text.charAt(i) == '\r';
      boolean pair = carriageReturn && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (text.charAt(i) == '\n' || (carriageReturn && !pair)) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
