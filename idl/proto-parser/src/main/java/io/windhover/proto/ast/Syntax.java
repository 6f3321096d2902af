package io.windhover.proto.ast;

import io.windhover.source.Span;

/// `syntax = "proto3";` or `edition = "2023";`.
public record Syntax(Edition edition, Span span) implements Node {}
