package io.windhover.source.trim;

import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Takes parts out of the text of an IDL file, each with its separator and the comments that belong
/// to it: those right above it and the one behind it on its line. What is left keeps its layout;
/// blank lines that would meet become one.
public final class Cut {
  private static final Pattern PRESERVE = Pattern.compile("(?://|#)\\s*@preserve\\s*");

  private static final Set<String> SEPARATORS = Set.of(",", ";");

  private final SourceFile file;
  private final String text;

  /// Tokens by where they start.
  private final TreeMap<Integer, Span> tokens = new TreeMap<>();

  /// What goes, without the rest of its lines.
  private final List<Range> removed = new ArrayList<>();

  private record Range(int start, int end) {}

  /// @param all tokens of the file; what stands between two of them is blanks and comments
  public Cut(SourceFile file, List<Span> all) {
    this.file = file;
    this.text = file.text();
    all.forEach(token -> tokens.put(token.start(), token));
  }

  /// Takes a part out; parts are to come in the order of the file, and not one within another.
  public void remove(Span part) {
    int start = part.start();
    var comments = comments(part);
    if (!comments.isEmpty()) {
      start = comments.getFirst().start();
    }
    var before = removed.isEmpty() ? null : removed.getLast();
    if (before != null && isNext(before.end, start)) {
      start = removed.removeLast().start;
    }
    removed.add(new Range(start, endOf(part)));
  }

  private boolean isNext(int end, int start) {
    return text.substring(end, start).isBlank();
  }

  /// Whether a comment right above a part says that it is to stay.
  public boolean isPreserved(Span part) {
    return comments(part).stream().anyMatch(it -> PRESERVE.matcher(it.text()).matches());
  }

  /// The comments right above a part, without a blank line between.
  private List<Span> comments(Span part) {
    int start = part.start();
    var before = tokens.lowerEntry(start);
    int from = before == null ? 0 : before.getValue().end();
    var comments = new ArrayList<>(commentsBetween(from, start));
    int below = start;
    int count = 0;
    for (Span comment : comments.reversed()) {
      boolean isAttached =
          newlines(comment.end(), below) <= 1
              && (newlines(from, comment.start()) > 0 || before == null)
              && !comment.text().startsWith("#!");
      if (!isAttached) {
        break;
      }
      below = comment.start();
      count++;
    }
    return comments.subList(comments.size() - count, comments.size());
  }

  /// The text without what was removed.
  public String result() {
    var result = new StringBuilder();
    int position = 0;
    for (Range one : removed) {
      Range range = extended(one.start, one.end);
      result.append(text, position, Math.max(position, range.start));
      position = Math.max(position, range.end);
    }
    return result.append(text, position, text.length()).toString();
  }

  /// Behind a part and its separator.
  private int endOf(Span part) {
    int end = part.end();
    var next = tokens.ceilingEntry(end);
    boolean isSeparated = next != null && SEPARATORS.contains(next.getValue().text());
    return isSeparated ? next.getValue().end() : end;
  }

  /// Adds to a range what is on its lines, if nothing else is.
  private Range extended(int from, int to) {
    int start = from;
    while (start > 0 && isBlank(text.charAt(start - 1))) {
      start--;
    }
    int end = to;
    var next = tokens.ceilingEntry(to);
    int limit = next == null ? text.length() : next.getValue().start();
    for (Span comment : commentsBetween(to, limit)) {
      boolean isOnLine = newlines(end, comment.start()) == 0;
      if (!isOnLine || newlines(comment.end(), limit) == 0 && limit < text.length()) {
        break;
      }
      end = comment.end();
    }
    while (end < text.length() && isBlank(text.charAt(end))) {
      end++;
    }
    boolean startsLine = start == 0 || isNewline(text.charAt(start - 1));
    boolean endsLine = end == text.length() || isNewline(text.charAt(end));
    if (startsLine && endsLine) {
      return wholeLines(start, end);
    }
    return endsLine ? new Range(start, end) : new Range(from, end);
  }

  private Range wholeLines(int from, int to) {
    int end = afterNewline(to);
    int start = from;
    int behindBlanks = afterBlankLines(end);
    int beforeBlanks = beforeBlankLines(start);
    char next = behindBlanks < text.length() ? text.charAt(behindBlanks) : '}';
    if (next == '}') {
      start = beforeBlanks;
    }
    boolean followsBlank = beforeBlanks < start || start == 0 || opens(start);
    return new Range(start, followsBlank || next == '}' ? lineStart(behindBlanks) : end);
  }

  private boolean opens(int lineStart) {
    int last = lineStart - 1;
    while (last >= 0 && Character.isWhitespace(text.charAt(last))) {
      last--;
    }
    return last < 0 || text.charAt(last) == '{';
  }

  /// Where the first text stands behind lines that are blank.
  private int afterBlankLines(int from) {
    int position = from;
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position;
  }

  /// Where blank lines begin that end here.
  private int beforeBlankLines(int from) {
    int position = from;
    while (position > 0 && Character.isWhitespace(text.charAt(position - 1))) {
      position--;
    }
    return position == 0 ? 0 : Math.min(from, afterNewline(position));
  }

  private int lineStart(int from) {
    int position = from;
    while (position > 0 && isBlank(text.charAt(position - 1))) {
      position--;
    }
    return position;
  }

  private int afterNewline(int from) {
    int position = from;
    while (position < text.length() && isBlank(text.charAt(position))) {
      position++;
    }
    boolean isPair = text.startsWith("\r\n", position);
    return Math.min(text.length(), position + (isPair ? 2 : 1));
  }

  private int newlines(int from, int to) {
    return file.span(from, to).endLine() - file.span(from, to).line();
  }

  /// The comments within a text that holds no token.
  private List<Span> commentsBetween(int start, int end) {
    var comments = new ArrayList<Span>();
    int position = start;
    while (position < end) {
      char c = text.charAt(position);
      if (c == '#' || c == '/') {
        comments.add(file.span(position, commentEnd(position)));
        position = comments.getLast().end();
      } else {
        position++;
      }
    }
    return comments;
  }

  private int commentEnd(int start) {
    if (text.startsWith("/*", start)) {
      return text.indexOf("*/", start + 2) + 2;
    }
    int end = start;
    while (end < text.length() && !isNewline(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isNewline(char c) {
    return c == '\n' || c == '\r';
  }
}
