package io.windhover.source;

import java.util.Locale;

/// How bad a [Diagnostic] is.
public enum Severity {
  /// The file cannot be used.
  ERROR,
  /// The file can be used, but probably does not mean what its author thinks.
  WARNING,
  /// Good to know; said only on request.
  NOTE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
