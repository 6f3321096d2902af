package io.windhover.proto.ast;

import io.windhover.proto.source.Bytes;
import io.windhover.source.Span;

/// A quoted text, or several in a row, which are one.
///
/// @param value escapes replaced
public record StringLiteral(Bytes value, Span span) implements Node {

  /// The value as text.
  public String text() {
    return value.text();
  }
}
