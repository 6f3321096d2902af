package io.windhover.proto.ast;

import io.windhover.proto.source.Span;

/// `package a.b;`.
public record Package(Name name, Span span) implements Node {}
