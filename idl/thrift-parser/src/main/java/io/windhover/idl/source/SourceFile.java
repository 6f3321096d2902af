package io.windhover.idl.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The text of an IDL file and the path it is known by. Compared by identity.
public final class SourceFile {
  private final String path;
  private final String text;
  private final int[] lineStarts;
  private final Map<Integer, Set<Rule>> ignored;
  private final List<Span> unknownRules = new ArrayList<>();

  /// @param path as messages show it; need not exist on disk
  public SourceFile(String path, String text) {
    this.path = path;
    this.text = text;
    this.lineStarts = lineStarts(text);
    this.ignored = ignored();
  }

  private Map<Integer, Set<Rule>> ignored() {
    var byLine = new HashMap<Integer, Set<Rule>>();
    for (IgnoreComments.Entry entry : IgnoreComments.of(this)) {
      Rule.find(entry.name().text())
          .ifPresentOrElse(
              rule -> byLine.computeIfAbsent(entry.line(), _ -> new HashSet<>()).add(rule),
              () -> unknownRules.add(entry.name()));
    }
    return byLine;
  }

  public String path() {
    return path;
  }

  public String text() {
    return text;
  }

  /// The file's name without folders and `.thrift`: what other files put before a dot to refer to
  /// it.
  public String baseName() {
    return baseName(path);
  }

  /// The [#baseName()] of a file known by `path`.
  public static String baseName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    name = name.substring(name.lastIndexOf('\\') + 1);
    return name.endsWith(".thrift") ? name.substring(0, name.length() - ".thrift".length()) : name;
  }

  public Span span(int start, int end) {
    return new Span(this, start, end);
  }

  /// Whether a comment silences a rule on a line ([IgnoreComments]).
  boolean ignores(Rule rule, int line) {
    return ignored.getOrDefault(line, Set.of()).contains(rule);
  }

  /// Where comments silence rules that do not exist.
  public List<Span> unknownRules() {
    return List.copyOf(unknownRules);
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
    return path;
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
