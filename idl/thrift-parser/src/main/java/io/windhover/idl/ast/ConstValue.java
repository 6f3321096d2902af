package io.windhover.idl.ast;

/// A value as written: of a constant, a default, or inside another value.
public sealed interface ConstValue extends Node
    permits BoolLiteral,
        DoubleLiteral,
        IdentifierValue,
        IntLiteral,
        ListLiteral,
        MapLiteral,
        StringLiteral {}
