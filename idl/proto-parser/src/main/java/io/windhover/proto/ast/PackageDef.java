package io.windhover.proto.ast;

import io.windhover.source.Span;

/// `package a.b;`.
public record PackageDef(Name name, Span span) implements Node {}
