package io.windhover.bench.contestant;

/// The body of one caller's requests, and the judge of its replies. For one thread at a time.
public final class Body {

  private static final int LETTERS = 26;

  private final String text;
  private boolean isReplySeen;

  private Body(String text) {
    this.text = text;
  }

  /// Returns a body of so many ASCII letters.
  public static Body ofBytes(int bytes) {
    var letters = new StringBuilder(bytes);
    for (int i = 0; i < bytes; i++) {
      letters.append((char) ('a' + i % LETTERS));
    }
    return new Body(letters.toString());
  }

  public String text() {
    return text;
  }

  /// Compares the first reply as a whole, later ones by their length.
  ///
  /// @throws IllegalStateException if it is not what was sent
  public void check(String reply) {
    if (reply.length() != text.length()) {
      throw new IllegalStateException(
          "body of the reply: %d bytes (expected: %d)".formatted(reply.length(), text.length()));
    }
    if (!isReplySeen && !reply.equals(text)) {
      throw new IllegalStateException("body of the reply: not the letters that were sent");
    }
    isReplySeen = true;
  }
}
