package io.windhover.proto.ast;

import io.windhover.source.Span;

/// A part of the syntax tree.
public sealed interface Node
    permits AggregateField,
        Comment,
        Document,
        Import,
        Member,
        Name,
        NumberRange,
        OptionName,
        OptionName.Part,
        OptionValue,
        PackageDef,
        StringLiteral,
        Syntax,
        TypeRef {

  Span span();
}
