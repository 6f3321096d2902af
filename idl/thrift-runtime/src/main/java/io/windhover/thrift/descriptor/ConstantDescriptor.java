package io.windhover.thrift.descriptor;

/// A named constant.
public final class ConstantDescriptor extends DefinitionDescriptor {
  private final TypeDescriptor type;
  private final ValueDescriptor value;

  ConstantDescriptor(
      FileDescriptor file, String name, TypeDescriptor type, ValueDescriptor value, Notes notes) {
    super(file, name, notes);
    this.type = type;
    this.value = value;
  }

  /// As declared, perhaps through a typedef.
  public TypeDescriptor type() {
    return type;
  }

  public ValueDescriptor value() {
    return value;
  }
}
