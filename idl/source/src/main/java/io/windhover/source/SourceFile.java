package io.windhover.source;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The text of an IDL file, and what it is called. Compared by identity.
public final class SourceFile {
  private final String name;
  private final String path;
  private final String text;
  private final int[] lineStarts;

  /// Where rules are named that comments silence, by the line where they do.
  private final Map<Integer, List<Span>> ignored;

  /// @param name by which other files refer to it, such as `google/protobuf/any.proto`
  /// @param path as messages show it; need not exist on disk
  public SourceFile(String name, String path, String text) {
    this.name = name;
    this.path = path;
    this.text = text;
    this.lineStarts = lineStarts(text);
    this.ignored =
        IgnoreComments.of(this).stream()
            .collect(
                groupingBy(
                    IgnoreComments.Entry::line, mapping(IgnoreComments.Entry::name, toList())));
  }

  /// With its path as its name.
  public SourceFile(String path, String text) {
    this(path, path, text);
  }

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

  /// Whether a comment silences a rule on a line ([IgnoreComments]).
  boolean ignores(Rule rule, int line) {
    return ignored.getOrDefault(line, List.of()).stream().anyMatch(it -> rule.isCalled(it.text()));
  }

  /// Where comments name rules to silence, whether there are such rules or not.
  public List<Span> ignoredRules() {
    return ignored.values().stream().flatMap(List::stream).toList();
  }

  int lines() {
    return lineStarts.length;
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
