package io.windhover.idl.ast;

import io.windhover.source.Span;

/// One `key: value` of a [MapLiteral].
public record MapEntry(ConstValue key, ConstValue value) implements Node {

  @Override
  public Span span() {
    return key.span().to(value.span());
  }
}
