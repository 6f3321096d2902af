package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A method of a service. Compared by identity.
public final class MethodDescriptor {
  private final String name;
  private final boolean isOneway;
  private final @Nullable TypeDescriptor returnType;
  private final List<FieldDescriptor> arguments;
  private final List<FieldDescriptor> exceptions;
  private final Notes notes;

  /// @param returnType null for `void`
  MethodDescriptor(
      String name,
      boolean isOneway,
      @Nullable TypeDescriptor returnType,
      List<FieldDescriptor> arguments,
      List<FieldDescriptor> exceptions,
      Notes notes) {
    this.name = name;
    this.isOneway = isOneway;
    this.returnType = returnType;
    this.arguments = List.copyOf(arguments);
    this.exceptions = List.copyOf(exceptions);
    this.notes = notes;
  }

  public String name() {
    return name;
  }

  public boolean isOneway() {
    return isOneway;
  }

  /// Empty for `void`.
  public Optional<TypeDescriptor> returnType() {
    return Optional.ofNullable(returnType);
  }

  public List<FieldDescriptor> arguments() {
    return arguments;
  }

  /// The `throws` list.
  public List<FieldDescriptor> exceptions() {
    return exceptions;
  }

  /// As those of a [DefinitionDescriptor].
  public Map<String, List<String>> annotations() {
    return notes.annotations();
  }

  /// As that of a [DefinitionDescriptor].
  public String doc() {
    return notes.doc();
  }

  @Override
  public String toString() {
    return name;
  }
}
