package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A service.
public final class ServiceDescriptor extends DefinitionDescriptor {
  private final @Nullable Reference base;
  private final List<MethodDescriptor> methods;

  /// @param base the service that it extends, or null
  ServiceDescriptor(
      FileDescriptor file,
      String name,
      @Nullable Reference base,
      List<MethodDescriptor> methods,
      Notes notes) {
    super(file, name, notes);
    this.base = base;
    this.methods = List.copyOf(methods);
  }

  /// The service that it extends.
  public Optional<ServiceDescriptor> base() {
    return Optional.ofNullable(base)
        .map(it -> it.file().definition(it.name(), ServiceDescriptor.class));
  }

  /// Its own, in the order of the file.
  public List<MethodDescriptor> methods() {
    return methods;
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
