package io.windhover.idl.format;

/// A comment of any of the three kinds.
///
/// @param text from its mark to its end, its lines without trailing blanks
/// @param newlines line ends between what stands before and this
record Comment(String text, int newlines) {

  /// Whether the rest of the line belongs to it.
  boolean isLine() {
    return !text.startsWith("/*");
  }

  /// Whether the parser takes it for the doc comment of what follows.
  boolean isDoc() {
    return text.startsWith("/**") && !text.equals("/**/");
  }

  Comment after(int atLeast) {
    return newlines >= atLeast ? this : new Comment(text, atLeast);
  }
}
