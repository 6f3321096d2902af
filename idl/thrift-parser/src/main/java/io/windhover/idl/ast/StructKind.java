package io.windhover.idl.ast;

import java.util.Locale;

/// The three kinds of record with fields.
public enum StructKind {
  STRUCT,
  /// Exactly one of the fields, called arms, is set.
  UNION,
  /// May stand in a `throws` list.
  EXCEPTION;

  /// The keyword.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
