package io.windhover.idl;

import io.windhover.idl.ast.EnumItemDef;

/// An item of an enum with its number, written or counted. Numbers may repeat within an enum.
public record EnumItem(String name, int value, EnumItemDef syntax) {}
