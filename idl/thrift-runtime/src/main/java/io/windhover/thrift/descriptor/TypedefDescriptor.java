package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;

/// Another name for a type.
///
/// @param type as declared, perhaps through another typedef
public record TypedefDescriptor(
    FileDescriptor file,
    String name,
    TypeDescriptor type,
    Map<String, List<String>> annotations,
    String doc)
    implements Definition {}
