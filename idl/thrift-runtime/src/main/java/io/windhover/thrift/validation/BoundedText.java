package io.windhover.thrift.validation;

/// A text that can be looked at a limited number of times, so that a search in it ends.
///
/// [java.util.regex] tries again and again where other engines take time in proportion to the text:
/// for `(a+)+$` and a text that a peer chose, for years. Each try looks at characters.
final class BoundedText implements CharSequence {

  /// More than a sound pattern needs for a text of some kilobytes.
  private static final long LOOKS = 1_000_000;

  private static final long LOOKS_A_CHARACTER = 100;

  private final String text;
  private long looks;

  BoundedText(String text) {
    this.text = text;
    this.looks = LOOKS + LOOKS_A_CHARACTER * text.length();
  }

  /// The limit is reached.
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ExhaustedException() {
      super(null, null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    if (--looks < 0) {
      throw new ExhaustedException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
