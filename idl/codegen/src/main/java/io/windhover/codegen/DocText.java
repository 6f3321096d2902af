package io.windhover.codegen;

/// Makes prose of an IDL safe in a Markdown doc comment.
final class DocText {
  private DocText() {}

  /// Escapes what javac or javadoc would take for markup; text between backquotes stays as it is,
  /// but for a backslash before u, which javac replaces even there.
  static String escape(String line) {
    var text = new StringBuilder();
    boolean verbatim = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '`') {
        verbatim = !verbatim;
      } else if (c == '\\' && (!verbatim || line.startsWith("u", i + 1))) {
        text.append('\\');
      } else if (!verbatim && isMarkup(line, i)) {
        text.append('\\');
      }
      text.append(c);
    }
    return text.toString();
  }

  private static boolean isMarkup(String line, int i) {
    return switch (line.charAt(i)) {
      case '<', '[', '&' -> true;
      case '@' -> (i > 0 && line.charAt(i - 1) == '{') || line.substring(0, i).isBlank();
      default -> false;
    };
  }
}
