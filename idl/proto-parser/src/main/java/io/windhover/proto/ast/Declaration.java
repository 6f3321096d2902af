package io.windhover.proto.ast;

/// What can stand at the top of a file. All but services can stand in messages, too.
public sealed interface Declaration extends Member
    permits EnumDef, ExtendDef, MessageDef, ServiceDef {}
