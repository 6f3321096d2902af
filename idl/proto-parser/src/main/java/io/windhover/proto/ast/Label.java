package io.windhover.proto.ast;

import java.util.Locale;

/// The word before the type of a field.
public enum Label {
  OPTIONAL,
  REQUIRED,
  REPEATED;

  /// As files write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
