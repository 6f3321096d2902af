package io.windhover.proto.ast;

import io.windhover.source.Span;

/// A name where it stands, perhaps of several parts: `a`, `a.b`, `.a.b`.
public record Name(String text, Span span) implements Node {

  @Override
  public String toString() {
    return text;
  }
}
