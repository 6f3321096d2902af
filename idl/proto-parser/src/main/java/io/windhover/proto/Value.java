package io.windhover.proto;

import io.windhover.proto.source.Bytes;
import java.util.List;

/// A value of a field of an option. Of what kind it is follows from the field's type.
public sealed interface Value {

  record OfBool(boolean value) implements Value {}

  /// A whole number of any type, `uint64` as its bits, and the number of an enum's value.
  record OfInt(long value) implements Value {}

  record OfFloat(float value) implements Value {}

  record OfDouble(double value) implements Value {}

  /// A text, or bytes.
  record OfBytes(Bytes value) implements Value {
    public String text() {
      return value.text();
    }
  }

  record OfMessage(MessageValue value) implements Value {}

  /// Bytes that are a message: what an `Any` holds.
  record OfSerialized(MessageValue value) implements Value {}

  /// The values of a repeated field.
  record OfList(List<Value> values) implements Value {
    public OfList {
      values = List.copyOf(values);
    }
  }
}
