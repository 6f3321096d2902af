package io.windhover.proto.ast;

import io.windhover.source.Span;

/// A field of an aggregate: `name: "a"`, `[my.extension]: 3`, `[type.googleapis.com/my.Message] {
/// ... }`.
///
/// @param isBracketed whether the name stands in brackets: that of an extension, or, with a slash,
///   of the type of an `Any`
/// @param hasColon whether a colon stands before the value
public record AggregateField(
    Name name, boolean isBracketed, boolean hasColon, OptionValue value, Span span)
    implements Node {}
