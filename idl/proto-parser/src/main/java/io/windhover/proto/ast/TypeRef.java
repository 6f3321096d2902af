package io.windhover.proto.ast;

import io.windhover.source.Span;

/// The type of a field as written.
public sealed interface TypeRef extends Node {

  /// One of the language's own.
  record OfScalar(Scalar scalar, Span span) implements TypeRef {}

  /// A message or an enum.
  record Named(Name name) implements TypeRef {
    @Override
    public Span span() {
      return name.span();
    }
  }

  /// `map<key, value>`.
  record OfMap(TypeRef key, TypeRef value, Span span) implements TypeRef {}
}
