package io.windhover.idl.ast;

import java.util.Locale;

/// Whether a field must be there.
public enum Requiredness {
  /// Neither keyword is written: always sent, may be missing when read.
  DEFAULT,
  REQUIRED,
  OPTIONAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
