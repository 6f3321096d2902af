package io.windhover.proto.diff;

import io.windhover.proto.Field;

/// How types of fields read in a message.
final class FieldText {

  private FieldText() {}

  static String of(Field field) {
    if (field.isMap()) {
      return "map<%s, %s>"
          .formatted(TypeComparison.entry(field, 0), TypeComparison.entry(field, 1));
    }
    return field.isRepeated() ? "repeated " + field.type() : field.type().toString();
  }
}
