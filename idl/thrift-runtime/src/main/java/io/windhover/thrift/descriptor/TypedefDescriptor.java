package io.windhover.thrift.descriptor;

/// Another name for a type.
public final class TypedefDescriptor extends DefinitionDescriptor {
  private final TypeDescriptor target;

  TypedefDescriptor(FileDescriptor file, String name, TypeDescriptor target, Notes notes) {
    super(file, name, notes);
    this.target = target;
  }

  /// As declared, perhaps through another typedef.
  public TypeDescriptor target() {
    return target;
  }
}
