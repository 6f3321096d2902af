package io.windhover.proto.ast;

import io.windhover.source.Span;

/// Numbers from `first` to `last`, both of them in it.
///
/// @param last [#MAX] for the word `max`
public record NumberRange(long first, long last, Span span) implements Node {

  /// Stands for the word `max`: as far as numbers go.
  public static final long MAX = Long.MAX_VALUE;
}
