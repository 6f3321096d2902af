package io.windhover.thriftgo;

import io.windhover.idl.ast.StringLiteral;

/// Quoted texts, as Thriftgo has them: with their escapes, which the target language interprets,
/// but for the backslash before the quote that the text is written with.
final class Literal {

  private Literal() {}

  /// Returns the text of a literal of an IDL file.
  static String text(StringLiteral literal) {
    var raw = literal.raw();
    char quote = literal.span().file().text().charAt(literal.span().start());
    var text = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      boolean escapes = raw.charAt(i) == '\\' && i + 1 < raw.length();
      if (escapes && raw.charAt(i + 1) == '\\') {
        text.append(raw.charAt(i++));
      } else if (escapes && raw.charAt(i + 1) == quote) {
        continue;
      }
      text.append(raw.charAt(i));
    }
    return text.toString();
  }

  /// The reverse: returns a literal, with its quotes, for a text.
  static String quoted(String text) {
    char quote = escapesDoubleQuote(text) ? '\'' : '"';
    var literal = new StringBuilder().append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        literal.append('\\').append(c);
      } else if (c == '\\') {
        boolean isLast = i + 1 == text.length();
        literal.append(c).append(isLast ? c : text.charAt(++i));
      } else {
        literal.append(c);
      }
    }
    return literal.append(quote).toString();
  }

  /// Whether it has a backslash before a double quote, so that it was written with single ones.
  private static boolean escapesDoubleQuote(String text) {
    for (int i = 0; i + 1 < text.length(); i++) {
      if (text.charAt(i) == '\\' && text.charAt(++i) == '"') {
        return true;
      }
    }
    return false;
  }
}
