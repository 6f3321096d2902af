package io.windhover.codegen.model;

import java.util.List;

/// A constant of an enum, with its name in Java.
public record EnumItem(String name, int value, List<String> doc) {}
