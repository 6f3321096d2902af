package io.windhover.idl;

import java.util.List;

/// A constant's or a default's value, checked against the type it is for. The type itself is not
/// repeated in the value: whoever walks a value walks its type beside it.
public sealed interface Value {

  /// For `bool`.
  record OfBool(boolean value) implements Value {}

  /// For `i8` to `i64`, within their range.
  record OfInt(long value) implements Value {}

  /// For `double`.
  record OfDouble(double value) implements Value {}

  /// For `string` and, standing for its UTF-8 bytes, `binary`.
  record OfString(String value) implements Value {}

  /// For `uuid`.
  record OfUuid(java.util.UUID value) implements Value {}

  /// For an enum.
  record OfEnum(EnumType.Item item) implements Value {}

  /// For an enum, written as a number that no item has.
  record OfEnumNumber(int number) implements Value {}

  /// For `list` and `set`. The elements of a set differ if they are scalars; others may be equal.
  record OfList(List<Value> elements) implements Value {
    public OfList {
      elements = List.copyOf(elements);
    }
  }

  /// For `map`. The keys differ if they are scalars; others may be equal.
  record OfMap(List<Entry> entries) implements Value {
    public OfMap {
      entries = List.copyOf(entries);
    }

    /// One pair of an [OfMap].
    public record Entry(Value key, Value value) {}
  }

  /// For a struct, exception or union (then of exactly one arm). Fields that are not named keep
  /// their own default.
  record OfStruct(StructType type, List<Member> members) implements Value {
    public OfStruct {
      members = List.copyOf(members);
    }

    /// One named field of an [OfStruct].
    public record Member(Field field, Value value) {}
  }

  /// A constant by name.
  ///
  /// @param value what it stands for here, never again a reference: for a scalar converted to the
  ///   type at hand, which may not be the constant's own (an `i32` constant in an `i64` place)
  record OfConstant(Constant constant, Value value) implements Value {}
}
