package io.windhover.idl.ast;

import io.windhover.source.Span;

/// A part of the syntax tree.
public sealed interface Node
    permits Annotation,
        ConstValue,
        Declaration,
        DocComment,
        Document,
        EnumItemDef,
        FieldDef,
        Header,
        MapEntry,
        MethodDef,
        Name,
        TypeRef {

  Span span();
}
