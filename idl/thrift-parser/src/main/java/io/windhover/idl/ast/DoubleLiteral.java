package io.windhover.idl.ast;

import io.windhover.source.Span;

/// A number with a fraction or an exponent.
public record DoubleLiteral(String raw, double value, Span span) implements ConstValue {}
