package io.windhover.source;

/// Puts text of a file into a message: short, and harmless to a terminal.
public final class Quote {
  private static final int MAX_LENGTH = 100;

  private Quote() {}

  public static String of(String text) {
    String shown = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    return "'" + Excerpt.printable(shown).replace('\t', '\uFFFD') + "'";
  }
}
