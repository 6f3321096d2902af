package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;

/// A named constant.
public record ConstantDescriptor(
    FileDescriptor file,
    String name,
    TypeDescriptor type,
    ValueDescriptor value,
    Map<String, List<String>> annotations,
    String doc)
    implements Definition {}
