package io.windhover.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The comments of a file that silence warnings and notes.
///
/// ```
/// include "plugin.thrift" // windhover:ignore unused-include
///
/// # windhover:ignore W001, W012 -- as the old servers have it
/// enum Color { RED = 1, ROT = 1 }
/// ```
///
/// After the mark stand names or codes of rules, and perhaps a reason after `--`. Such a comment
/// counts for its line; if it stands alone there, for the next line that is no comment.
final class IgnoreComments {
  private static final String MARK = "windhover:ignore";

  /// How far above its line such a comment may stand.
  private static final int MAX_COMMENT_LINES = 100;

  private static final Pattern LIST =
      Pattern.compile(MARK + "\\s+([\\w, \\t-]*?)(?=--|[^\\w, \\t-]|\\z)");
  private static final Pattern WORD = Pattern.compile("[\\w-]+");

  /// One rule named in such a comment.
  ///
  /// @param name as written
  /// @param line where warnings are silenced
  record Entry(Span name, int line) {}

  private IgnoreComments() {}

  static List<Entry> of(SourceFile file) {
    var entries = new ArrayList<Entry>();
    if (!file.text().contains(MARK)) {
      return entries;
    }
    String text = file.text();
    int position = 0;
    while (position < text.length()) {
      int end = pieceEnd(text, position);
      if (isComment(text, position)) {
        collect(file, position, end, entries);
      }
      position = end;
    }
    return entries;
  }

  /// The end of the comment, literal or other character that starts at an offset. A mark in a
  /// literal means nothing.
  private static int pieceEnd(String text, int start) {
    char c = text.charAt(start);
    if (text.startsWith("/*", start)) {
      int close = text.indexOf("*/", start + 2);
      return close < 0 ? text.length() : close + 2;
    }
    if (isComment(text, start)) {
      return lineEnd(text, start);
    }
    if (c != '"' && c != '\'') {
      return start + 1;
    }
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != c && text.charAt(end) != '\n') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private static boolean isComment(String text, int start) {
    return text.charAt(start) == '#'
        || text.startsWith("//", start)
        || text.startsWith("/*", start);
  }

  private static int lineEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static void collect(SourceFile file, int start, int end, List<Entry> entries) {
    Matcher list = LIST.matcher(file.text()).region(start, end);
    while (list.find()) {
      Matcher word = WORD.matcher(file.text()).region(list.start(1), list.end(1));
      int line = line(file, start, end);
      while (word.find()) {
        entries.add(new Entry(file.span(word.start(), word.end()), line));
      }
    }
  }

  private static int line(SourceFile file, int start, int end) {
    int line = file.line(start);
    if (!isFirst(file.text(), start)) {
      return line;
    }
    int next = file.line(end) + 1;
    int last = Math.min(file.lines(), next + MAX_COMMENT_LINES);
    while (next < last && isBlankOrComment(file, next)) {
      next++;
    }
    return next;
  }

  /// Whether only blanks stand before an offset on its line.
  private static boolean isFirst(String text, int offset) {
    int before = offset - 1;
    while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
      before--;
    }
    return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r';
  }

  private static boolean isBlankOrComment(SourceFile file, int line) {
    String text = file.text().substring(file.lineStart(line), file.lineEnd(line)).strip();
    return text.isEmpty()
        || text.startsWith("#")
        || text.startsWith("//")
        || text.startsWith("/*")
        || text.startsWith("*");
  }
}
