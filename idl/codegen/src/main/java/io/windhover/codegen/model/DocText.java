package io.windhover.codegen.model;

/// Makes prose of an IDL safe in a Markdown doc comment.
public final class DocText {
  private DocText() {}

  /// Escapes what javac or javadoc would take for markup; text between backquotes stays as it is,
  /// but for a backslash before u, which javac replaces even there, unless another one escapes it.
  public static String escape(String line) {
    var text = new StringBuilder();
    boolean verbatim = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '`') {
        verbatim = !verbatim;
      } else if (c == '\\' && (!verbatim || beginsUnicodeEscape(line, i))) {
        text.append('\\');
      } else if (!verbatim && isMarkup(line, i)) {
        text.append('\\');
      }
      text.append(c);
    }
    return text.toString();
  }

  private static boolean beginsUnicodeEscape(String line, int backslash) {
    int first = backslash;
    while (first > 0 && line.charAt(first - 1) == '\\') {
      first--;
    }
    return (backslash - first) % 2 == 0 && line.startsWith("u", backslash + 1);
  }

  private static boolean isMarkup(String line, int i) {
    return switch (line.charAt(i)) {
      case '<', '[', '&' -> true;
      case '@' -> (i > 0 && line.charAt(i - 1) == '{') || line.substring(0, i).isBlank();
      default -> false;
    };
  }
}
