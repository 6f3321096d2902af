package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A method of a service.
///
/// @param returnType absent for `void`
/// @param exceptions the `throws` list
/// @param annotations as those of a [Definition]
/// @param doc likewise
public record MethodDescriptor(
    String name,
    boolean isOneway,
    Optional<TypeDescriptor> returnType,
    List<FieldDescriptor> arguments,
    List<FieldDescriptor> exceptions,
    Map<String, List<String>> annotations,
    String doc) {

  public MethodDescriptor {
    arguments = List.copyOf(arguments);
    exceptions = List.copyOf(exceptions);
  }
}
