package io.windhover.source.layout;

/// A comment of any of the three kinds.
///
/// @param text from its mark to its end, its lines without trailing blanks
/// @param newlines line ends between what stands before and this
public record Comment(String text, int newlines) {

  /// Whether the rest of the line belongs to it.
  public boolean isLine() {
    return !text.startsWith("/*");
  }

  /// Whether the parser takes it for the doc comment of what follows.
  public boolean isDoc() {
    return text.startsWith("/**") && !text.equals("/**/");
  }

  Comment after(int atLeast) {
    return newlines >= atLeast ? this : new Comment(text, atLeast);
  }
}
