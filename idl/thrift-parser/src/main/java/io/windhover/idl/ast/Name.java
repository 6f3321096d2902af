package io.windhover.idl.ast;

import io.windhover.source.Span;

/// An identifier where it stands.
public record Name(String text, Span span) implements Node {

  @Override
  public String toString() {
    return text;
  }
}
