package io.windhover.idl.ast;

import io.windhover.source.Span;

/// The name of a constant or an enum item, as written.
public record IdentifierValue(String name, Span span) implements ConstValue {}
