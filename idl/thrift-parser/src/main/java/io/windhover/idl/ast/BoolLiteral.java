package io.windhover.idl.ast;

import io.windhover.source.Span;

/// `true` or `false`.
public record BoolLiteral(boolean value, Span span) implements ConstValue {}
