package io.windhover.proto.ast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The types of single values that the language has.
///
/// The numbers are those of the enum `FieldDescriptorProto.Type` of
/// `google/protobuf/descriptor.proto`.
public enum Scalar {
  DOUBLE(1),
  FLOAT(2),
  INT64(3),
  UINT64(4),
  INT32(5),
  FIXED64(6),
  FIXED32(7),
  BOOL(8),
  STRING(9),
  BYTES(12),
  UINT32(13),
  SFIXED32(15),
  SFIXED64(16),
  SINT32(17),
  SINT64(18);

  private final int number;

  Scalar(int number) {
    this.number = number;
  }

  /// As descriptors have it.
  public int number() {
    return number;
  }

  /// Whether values in a row can be packed into one field on the wire: all but texts and bytes.
  public boolean isPackable() {
    return this != STRING && this != BYTES;
  }

  /// The scalar type that is called so.
  public static Optional<Scalar> find(String word) {
    return Arrays.stream(values()).filter(it -> it.toString().equals(word)).findFirst();
  }

  /// As files write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
