package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.UUID;

/// The value of a constant or a default, which fits the type it is for. The type is not repeated in
/// the value: whoever walks a value walks its type beside it.
public sealed interface ValueDescriptor {

  /// Of a `bool`.
  record OfBool(boolean value) implements ValueDescriptor {}

  /// Of an `i8` to `i64`, or of an enum where it is a number that no item has.
  record OfInt(long value) implements ValueDescriptor {}

  /// Of a `double`.
  record OfDouble(double value) implements ValueDescriptor {}

  /// Of a `string` and, standing for its UTF-8 bytes, of a `binary`.
  record OfString(String value) implements ValueDescriptor {}

  /// Of a `uuid`.
  record OfUuid(UUID value) implements ValueDescriptor {}

  /// Of an enum.
  record OfEnum(String item, int value) implements ValueDescriptor {}

  /// Of a `list` or a `set`.
  record OfList(List<ValueDescriptor> elements) implements ValueDescriptor {
    public OfList {
      elements = List.copyOf(elements);
    }
  }

  /// Of a `map`.
  record OfMap(List<Entry> entries) implements ValueDescriptor {
    public OfMap {
      entries = List.copyOf(entries);
    }

    /// One pair.
    public record Entry(ValueDescriptor key, ValueDescriptor value) {}
  }

  /// Of a struct, exception or union. Fields that are not named keep their own default.
  record OfStruct(List<Member> members) implements ValueDescriptor {
    public OfStruct {
      members = List.copyOf(members);
    }

    /// One named field.
    public record Member(String field, ValueDescriptor value) {}
  }

  /// A constant by name.
  ///
  /// @param value what it stands for here, in which there is none of these
  record OfConstant(Reference constant, ValueDescriptor value) implements ValueDescriptor {}
}
