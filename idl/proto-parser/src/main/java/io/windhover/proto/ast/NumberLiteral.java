package io.windhover.proto.ast;

import io.windhover.source.Span;

/// A whole number as written.
///
/// @param value clamped to what fits
public record NumberLiteral(long value, Span span) {}
