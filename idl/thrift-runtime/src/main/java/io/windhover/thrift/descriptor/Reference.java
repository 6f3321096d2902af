package io.windhover.thrift.descriptor;

import io.windhover.thrift.ThriftType;

/// The name of what a file declares. As a type it leads to a struct, an enum or a typedef.
///
/// @param file in which it stands, not the one that refers to it
public record Reference(FileDescriptor file, String name) implements TypeDescriptor {

  public Definition definition() {
    return file.definition(name, Definition.class);
  }

  @Override
  public TypeDescriptor trueType() {
    return definition() instanceof TypedefDescriptor typedef ? typedef.type().trueType() : this;
  }

  /// @throws IllegalStateException if this is the name of what is no type
  @Override
  public int wireType() {
    return switch (definition()) {
      case StructDescriptor _ -> ThriftType.STRUCT;
      case EnumDescriptor _ -> ThriftType.I32;
      case TypedefDescriptor typedef -> typedef.type().wireType();
      case ConstantDescriptor _, ServiceDescriptor _ ->
          throw new IllegalStateException(name + " is no type");
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
