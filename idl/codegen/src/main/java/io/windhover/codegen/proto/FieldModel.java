package io.windhover.codegen.proto;

import io.windhover.proto.EnumType;
import io.windhover.proto.Features.Utf8Validation;
import io.windhover.proto.Field;
import io.windhover.proto.FieldType;
import io.windhover.proto.MessageType;
import io.windhover.proto.ast.Scalar;

/// What a field is in Java.
///
/// @param name of the private field and its accessors
/// @param stem what follows `has` and `clear`
/// @param value what it holds; of a list, one of its elements; of a map, what is below each key
/// @param bit of the presence bits that says whether it is set, -1 if no bit does
/// @param defaultCode the value of a field that is not set; empty if it is a message, repeated, or
///   a number that is zero
record FieldModel(
    Field field,
    String name,
    String stem,
    Holding holding,
    ValueModel value,
    int bit,
    String defaultCode) {

  /// How many values a field has.
  sealed interface Holding {}

  record One() implements Holding {}

  record Many() implements Holding {}

  record MapOf(ValueModel key) implements Holding {}

  /// The type of a value.
  sealed interface ValueModel {

    /// The type in Java.
    String java();

    /// The same as an argument of a generic type.
    default String boxed() {
      return java();
    }

    /// What stands behind its tag: a constant of the runtime's `WireType`.
    String wireType();
  }

  record Numeric(NumberKind kind) implements ValueModel {
    @Override
    public String java() {
      return kind.java();
    }

    @Override
    public String boxed() {
      return kind.boxed();
    }

    @Override
    public String wireType() {
      return kind.wireType();
    }
  }

  /// @param isLenient whether it need not be UTF-8
  record Text(boolean isLenient) implements ValueModel {
    @Override
    public String java() {
      return "`String`";
    }

    @Override
    public String wireType() {
      return "BYTES";
    }
  }

  record OfBytes() implements ValueModel {
    @Override
    public String java() {
      return "`Bytes`";
    }

    @Override
    public String wireType() {
      return "BYTES";
    }
  }

  record OfEnum(String java, EnumType type) implements ValueModel {
    @Override
    public String wireType() {
      return "VARINT";
    }
  }

  record OfMessage(String java, MessageType type, boolean isGroup) implements ValueModel {
    @Override
    public String wireType() {
      return isGroup ? "GROUP" : "BYTES";
    }
  }

  static ValueModel value(Field field, ProtoNames names) {
    return switch (field.type()) {
      case FieldType.OfScalar type -> scalar(type.scalar(), field);
      case FieldType.OfEnum(EnumType type) -> new OfEnum(names.java(type), type);
      case FieldType.OfMessage(MessageType type) ->
          new OfMessage(names.java(type), type, field.isDelimited());
      case FieldType.Unresolved _ ->
          throw new IllegalStateException(field.fullName() + " has a type that is not known");
    };
  }

  private static ValueModel scalar(Scalar scalar, Field field) {
    return switch (scalar) {
      case STRING -> new Text(field.features().utf8Validation() == Utf8Validation.NONE);
      case BYTES -> new OfBytes();
      default -> new Numeric(NumberKind.of(scalar));
    };
  }

  int number() {
    return field.number();
  }

  boolean isOne() {
    return holding instanceof One;
  }

  boolean isMessage() {
    return isOne() && value instanceof OfMessage;
  }

  boolean isPrimitive() {
    return isOne() && value instanceof Numeric;
  }

  /// Whether users see whether it is set.
  boolean hasPresence() {
    return field.hasPresence();
  }

  /// Whether the private field may be null.
  boolean isNullable() {
    return isOne() && hasPresence() && !isPrimitive();
  }

  boolean isRedacted() {
    return field.options().isTrue("debug_redact");
  }

  /// The type in Java.
  String java() {
    return switch (holding) {
      case One _ -> value.java();
      case Many _ -> "`List`<%s>".formatted(value.boxed());
      case MapOf(var key) -> "`Map`<%s, %s>".formatted(key.boxed(), value.boxed());
    };
  }

  /// What the private field holds at first; empty if that goes without saying.
  String initial() {
    return switch (holding) {
      case Many _ -> "`List`.of()";
      case MapOf _ -> "`Map`.of()";
      case One _ -> isNullable() ? "" : defaultCode;
    };
  }
}
