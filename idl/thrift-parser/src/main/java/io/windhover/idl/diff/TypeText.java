package io.windhover.idl.diff;

import io.windhover.idl.Type;

/// Words for types.
final class TypeText {

  private TypeText() {}

  /// How a type has changed. A typedef is explained, since its name may be all that is the same.
  static String change(Type before, Type after) {
    return "type is %s, was %s".formatted(of(after), of(before));
  }

  static String of(Type type) {
    String declared = type.toString();
    String meant = type.trueType().toString();
    return declared.equals(meant) ? declared : "%s (%s)".formatted(declared, meant);
  }
}
