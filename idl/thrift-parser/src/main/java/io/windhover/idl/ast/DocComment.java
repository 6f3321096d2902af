package io.windhover.idl.ast;

import io.windhover.source.Span;

/// The `/** ... */` before a definition or member.
///
/// @param text without the comment marks and the column of stars; lines are separated by `\n`. Not
///   sanitised: a generator that copies it into another comment must do that
public record DocComment(String text, Span span) implements Node {}
