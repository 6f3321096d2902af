package io.windhover.proto.ast;

import java.util.Locale;

/// The word before a message or an enum, from edition 2024 on.
public enum Visibility {
  /// Other files may use it.
  EXPORT,
  /// No other file may use it.
  LOCAL;

  /// As files write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
