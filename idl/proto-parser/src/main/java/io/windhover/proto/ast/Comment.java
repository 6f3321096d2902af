package io.windhover.proto.ast;

import io.windhover.source.Span;

/// What stands in comments about a declaration: those right before it, or else the one behind it on
/// its line.
///
/// @param text without the comment marks and the column of stars; lines are separated by `\n`. Not
///   sanitised: a generator that copies it into another comment must do that
public record Comment(String text, Span span) implements Node {}
