package io.windhover.proto.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How names of a kind are written.
public enum NameStyle {
  TITLE("TitleCase", "[A-Z][a-zA-Z0-9]*", NameStyle::capital, ""),
  LOWER(
      "lower_snake_case",
      "[a-z][a-z0-9.]*(_[a-z][a-z0-9.]*)*",
      it -> it.toLowerCase(Locale.ROOT),
      "_"),
  UPPER(
      "UPPER_SNAKE_CASE",
      "[A-Z][A-Z0-9]*(_[A-Z][A-Z0-9]*)*",
      it -> it.toUpperCase(Locale.ROOT),
      "_");

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[_-]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private final String description;
  private final Pattern pattern;
  private final UnaryOperator<String> word;
  private final String joint;

  NameStyle(String description, String pattern, UnaryOperator<String> word, String joint) {
    this.description = description;
    this.pattern = Pattern.compile(pattern);
    this.word = word;
    this.joint = joint;
  }

  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /// The same words in this style, which need not help: `2nd` is no name in any.
  public String applied(String name) {
    return Arrays.stream(BETWEEN_WORDS.split(name))
        .filter(it -> !it.isEmpty())
        .map(word)
        .collect(Collectors.joining(joint));
  }

  private static String capital(String word) {
    boolean isShouted = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    String rest = word.substring(1);
    return word.substring(0, 1).toUpperCase(Locale.ROOT)
        + (isShouted ? rest.toLowerCase(Locale.ROOT) : rest);
  }

  /// As it reads after "expected".
  @Override
  public String toString() {
    return description;
  }
}
