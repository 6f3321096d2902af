package io.windhover.idl.ast;

import io.windhover.idl.source.Span;

/// `include "base.thrift"`: makes another file's names visible behind its base name and a dot.
public record Include(StringLiteral path, Span span) implements Header {}
