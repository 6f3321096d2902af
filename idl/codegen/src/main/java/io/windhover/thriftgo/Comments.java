package io.windhover.thriftgo;

import java.util.ArrayList;
import java.util.List;

/// Walks over the members of a file, a struct or a list of fields, and finds the comments that
/// Thriftgo keeps with each: those before it or, if there are none, those behind it on its line.
///
/// What stands before the first member begins where the walk does; what stands before another,
/// behind the line on which the one before it ends.
final class Comments {
  private final String text;
  private int position;

  /// @param position where the walk begins, such as behind a brace
  Comments(String text, int position) {
    this.text = text;
    this.position = position;
  }

  int position() {
    return position;
  }

  /// Returns the comments before a member that starts at `start`.
  String before(int start) {
    var found = new ArrayList<String>();
    walk(position, start, true, found);
    return String.join("\n", found);
  }

  /// Goes on behind a member that ends at `end`, its separator, and the comments on that line.
  ///
  /// @return those comments
  String after(int end) {
    int separator = walk(end, text.length(), true, new ArrayList<>());
    boolean isThere = separator < text.length() && ",;".indexOf(text.charAt(separator)) >= 0;
    var found = new ArrayList<String>();
    position = walk(isThere ? separator + 1 : end, text.length(), false, found);
    return String.join("\n", found);
  }

  /// Returns the offset behind the next `bracket` from `from` on that is in no comment.
  static int behind(String text, int from, char bracket) {
    var walker = new Comments(text, from);
    int at = walker.walk(from, text.length(), true, new ArrayList<>());
    while (text.charAt(at) != bracket) {
      at = walker.walk(at + 1, text.length(), true, new ArrayList<>());
    }
    return at + 1;
  }

  /// Whether a text is nothing but blanks and comments.
  static boolean isAll(String text) {
    return new Comments(text, 0).walk(0, text.length(), true, new ArrayList<>()) == text.length();
  }

  /// Passes blanks and comments.
  ///
  /// @return the offset of what is neither, or `to`
  private int walk(int from, int to, boolean passesLines, List<String> found) {
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (isBlank(c) || passesLines && isLineEnd(c)) {
        at++;
      } else if (c == '#' || c == '/' && text.startsWith("//", at)) {
        int end = lineEnd(at);
        found.add(c == '#' ? "//" + text.substring(at + 1, end) : text.substring(at, end));
        at = end;
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        if (close < 0) {
          break; // no comment
        }
        found.add(text.substring(at, close + 2));
        at = close + 2;
      } else {
        break;
      }
    }
    return at;
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\u000B' || c == '\f';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
