package io.windhover.proto;

import java.util.List;

/// What a range of extensions says of one that may be in it.
///
/// @param fullName with a dot at its start; empty if it is not said
/// @param type a scalar, or a full name with a dot at its start; empty if it is not said
/// @param isReserved whether there must be none
record Declaration(
    int number, String fullName, String type, boolean isReserved, boolean isRepeated) {

  static List<Declaration> of(ExtensionRange range) {
    Value declared = range.options().value().flatMap(it -> it.get("declaration")).orElse(null);
    if (!(declared instanceof Value.OfList(var values))) {
      return List.of();
    }
    return values.stream()
        .filter(Value.OfMessage.class::isInstance)
        .map(it -> of(((Value.OfMessage) it).value()))
        .toList();
  }

  private static Declaration of(MessageValue message) {
    long number = message.get("number").orElse(null) instanceof Value.OfInt(long it) ? it : 0;
    return new Declaration(
        (int) number,
        text(message, "full_name"),
        text(message, "type"),
        isTrue(message, "reserved"),
        isTrue(message, "repeated"));
  }

  private static String text(MessageValue message, String field) {
    return message.get(field).orElse(null) instanceof Value.OfBytes bytes ? bytes.text() : "";
  }

  private static boolean isTrue(MessageValue message, String field) {
    return message.get(field).filter(new Value.OfBool(true)::equals).isPresent();
  }
}
