package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A service.
///
/// @param extended what the service is that it extends
/// @param methods its own, in the order of the file
public record ServiceDescriptor(
    FileDescriptor file,
    String name,
    Optional<Reference> extended,
    List<MethodDescriptor> methods,
    Map<String, List<String>> annotations,
    String doc)
    implements Definition {

  public ServiceDescriptor {
    methods = List.copyOf(methods);
  }

  /// The service that it extends.
  public Optional<ServiceDescriptor> base() {
    return extended.map(it -> it.file().definition(it.name(), ServiceDescriptor.class));
  }

  /// Those that it inherits, and its own.
  public List<MethodDescriptor> allMethods() {
    return Stream.concat(base().stream().flatMap(it -> it.allMethods().stream()), methods.stream())
        .toList();
  }

  /// A method by its name in the IDL, its own or inherited.
  public Optional<MethodDescriptor> method(String methodName) {
    return allMethods().stream().filter(it -> it.name().equals(methodName)).findFirst();
  }
}
