package io.windhover.proto;

import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.Scalar;

/// The type of a field.
public sealed interface FieldType {

  /// One of the language's own.
  record OfScalar(Scalar scalar) implements FieldType {
    @Override
    public String toString() {
      return scalar.toString();
    }
  }

  record OfMessage(MessageType message) implements FieldType {
    @Override
    public String toString() {
      return message.fullName();
    }
  }

  record OfEnum(EnumType type) implements FieldType {
    @Override
    public String toString() {
      return type.fullName();
    }
  }

  /// A name that leads nowhere, or nowhere yet.
  record Unresolved(Name name) implements FieldType {
    @Override
    public String toString() {
      return name.text();
    }
  }

  /// Whether values in a row can be packed into one field on the wire.
  default boolean isPackable() {
    return switch (this) {
      case OfScalar(var scalar) -> scalar.isPackable();
      case OfEnum _ -> true;
      case OfMessage _, Unresolved _ -> false;
    };
  }
}
