package io.windhover.codegen.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service with its names in Java.
///
/// @param base qualified name of the interface of the service that it extends
/// @param calls simple name of the class that holds the messages
public record ServiceShape(
    String name,
    String idlName,
    @Nullable String base,
    String calls,
    List<MethodShape> methods,
    List<String> doc) {}
