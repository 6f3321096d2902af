package io.windhover.proto.ast;

/// What can stand in a message, a oneof, an enum or a service.
public sealed interface Member extends Node
    permits Declaration,
        EnumValueDef,
        ExtensionsDef,
        FieldDef,
        MethodDef,
        OneofDef,
        OptionDef,
        ReservedDef {}
