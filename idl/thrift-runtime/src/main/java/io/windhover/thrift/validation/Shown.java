package io.windhover.thrift.validation;

import org.jspecify.annotations.Nullable;

/// Values as messages show them: on one line, and not too long.
final class Shown {
  private static final int MAX_VALUE = 64;
  private static final int MAX_LINE = 256;

  private Shown() {}

  static String of(@Nullable Object value) {
    if (value == null) {
      return "none";
    }
    var text = printable(value.toString(), MAX_VALUE);
    return value instanceof CharSequence ? "'" + text + "'" : text;
  }

  /// Shows a text that may hold values.
  static String line(String text) {
    return printable(text, MAX_LINE);
  }

  /// Replaces what a terminal or a log would obey, such as line breaks.
  private static String printable(String text, int maxCharacters) {
    boolean isLong = text.length() > maxCharacters;
    var shown = new StringBuilder();
    text.codePoints()
        .limit(maxCharacters)
        .map(c -> isPrintable(c) ? c : '\uFFFD')
        .forEach(shown::appendCodePoint);
    return isLong ? shown.append("...").toString() : shown.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
