package io.windhover.source.parse;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/// Finds what a misspelled word was probably meant to be.
public final class Suggestion {

  private static final int MAX_LENGTH = 64;
  private static final int MAX_CANDIDATES = 1_000;

  private Suggestion() {}

  /// The help that names the nearest candidate, if one is near enough. Looks at the first
  /// candidates only if there are very many, and at no long word: a wrong file must not take long.
  public static Optional<String> help(String word, Collection<String> candidates) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int allowed = Math.min(3, (word.length() + 1) / 3);
    String nearest = null;
    int nearestDistance = allowed + 1;
    for (String candidate : candidates.stream().limit(MAX_CANDIDATES).toList()) {
      if (Math.abs(candidate.length() - word.length()) < nearestDistance) {
        int distance = distance(word, candidate);
        if (distance < nearestDistance) {
          nearest = candidate;
          nearestDistance = distance;
        }
      }
    }
    return Optional.ofNullable(nearest).map(it -> "did you mean '" + it + "'?");
  }

  /// The edits (one character inserted, removed, replaced, or swapped with its neighbour) between
  /// two words, upper and lower case being the same.
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    Arrays.setAll(last, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (same(from, i, to, j) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1 && j > 1 && same(from, i, to, j - 1) && same(from, i - 1, to, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[to.length()];
  }

  private static boolean same(String a, int i, String b, int j) {
    return Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
  }
}
