package io.windhover.idl.ast;

import io.windhover.source.Span;

/// A quoted text.
///
/// @param raw what stands between the quotes, escapes untouched
/// @param value with the escapes decoded; an unknown escape keeps its backslash
public record StringLiteral(String raw, String value, Span span) implements ConstValue {}
