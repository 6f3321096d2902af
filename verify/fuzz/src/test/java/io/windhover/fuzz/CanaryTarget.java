package io.windhover.fuzz;

/// A fault that nobody meets by chance, but step by step: if it is not found, then Jazzer does not
/// see which code an input reaches, and what the other targets find, or do not, means nothing.
public final class CanaryTarget {
  private static final String WORD = "windhover";

  private CanaryTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    if (letters(input) == WORD.length()) {
      throw new IllegalStateException("found");
    }
  }

  /// Returns how many letters are right. A branch for each: a loop over an index would be one.
  private static int letters(byte[] input) {
    if (input.length < WORD.length() || input[0] != 'w') {
      return 0;
    }
    if (input[1] != 'i') {
      return 1;
    }
    if (input[2] != 'n') {
      return 2;
    }
    if (input[3] != 'd') {
      return 3;
    }
    if (input[4] != 'h') {
      return 4;
    }
    return input[5] == 'o' && input[6] == 'v' && input[7] == 'e' && input[8] == 'r' ? 9 : 5;
  }
}
