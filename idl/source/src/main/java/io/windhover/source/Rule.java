package io.windhover.source;

import java.util.Locale;

/// What a compiler checks; each is an enum of these. Each [Diagnostic] is about one.
///
/// Code and name are stable: people write them into build files and comments. A rule that goes away
/// leaves a gap. The first letter of the code is the severity: error, warning or note. No two
/// languages have a code in common, so that their diagnostics can meet in one report.
public interface Rule {

  /// Such as `W017`.
  String code();

  /// The name of the enum's constant.
  String name();

  /// Such as `unused-include`.
  default String ruleName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// How bad it is if nobody asks for more or less.
  default Severity severity() {
    return switch (code().charAt(0)) {
      case 'E' -> Severity.ERROR;
      case 'W' -> Severity.WARNING;
      default -> Severity.NOTE;
    };
  }

  /// Whether a strict run takes this warning as an error: for what the compilers of a language do
  /// not agree about, or what a strict one of them refuses.
  default boolean isErrorWhenStrict() {
    return false;
  }

  /// Whether what breaks it cannot be used, be it what the user takes for an error or not.
  default boolean isFault() {
    return severity() == Severity.ERROR;
  }

  /// What it is about.
  RuleText text();

  /// Whether this is its code or its name, in upper or lower case.
  default boolean isCalled(String codeOrName) {
    return code().equalsIgnoreCase(codeOrName) || ruleName().equalsIgnoreCase(codeOrName);
  }
}
