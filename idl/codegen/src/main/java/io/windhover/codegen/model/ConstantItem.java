package io.windhover.codegen.model;

import java.util.List;

/// A constant.
///
/// @param value a Java expression
/// @param elements the expressions of its elements or entries, if it is a container
/// @param isMutable whether there is something in it that users could change
public record ConstantItem(
    String name,
    WireType type,
    String value,
    List<String> elements,
    boolean isMutable,
    List<String> doc) {}
