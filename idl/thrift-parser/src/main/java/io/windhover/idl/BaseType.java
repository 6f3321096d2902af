package io.windhover.idl;

import java.util.Locale;

/// The built-in scalar types.
public enum BaseType implements TrueType {
  BOOL,
  /// Also spelled `byte`.
  I8,
  I16,
  I32,
  I64,
  DOUBLE,
  STRING,
  BINARY,
  UUID;

  static BaseType of(String keyword) {
    return keyword.equals("byte") ? I8 : valueOf(keyword.toUpperCase(Locale.ROOT));
  }

  @Override
  public TrueType trueType() {
    return this;
  }

  /// The keyword.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
