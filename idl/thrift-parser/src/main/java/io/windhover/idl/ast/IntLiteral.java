package io.windhover.idl.ast;

import io.windhover.source.Span;

/// A whole number.
///
/// @param raw as written: decimal, `0x1F` or `0o17`, perhaps signed
public record IntLiteral(String raw, long value, Span span) implements ConstValue {}
