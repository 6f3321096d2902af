package io.windhover.proto.diff;

import io.windhover.proto.Field;
import io.windhover.proto.MessageType;
import io.windhover.proto.Oneof;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares the fields of two versions of a message, by their numbers.
final class FieldComparison {
  private final TypeComparison types;
  private final Changes changes;

  FieldComparison(TypeComparison types, Changes changes) {
    this.types = types;
    this.changes = changes;
  }

  void compare(MessageType before, MessageType after) {
    String owner = Definitions.name(before) + ".";
    var olds = Fields.of(before);
    var news = Fields.of(after);
    for (Field old : before.fields()) {
      Field now = news.byNumber().get(old.number());
      Field moved = news.byName().get(old.name());
      if (moved != null && moved.number() != old.number()) {
        String message = "number is %d, was %d".formatted(moved.number(), old.number());
        changes.add(ProtoChange.FIELD_NUMBER_CHANGED, owner + old.name(), message, old, moved);
      } else if (now == null) {
        removed(owner, old, after);
      } else {
        compare(owner + old.name(), old, now);
        compareOneofs(owner, old, now, olds, news);
      }
    }
    for (Field now : after.fields()) {
      if (!olds.byNumber().containsKey(now.number()) && !olds.byName().containsKey(now.name())) {
        added(owner, now, before);
      }
    }
  }

  private void removed(String owner, Field old, MessageType after) {
    boolean isReserved = isReserved(after, old.number());
    String message =
        "field %d is gone, was %s%s"
            .formatted(
                old.number(), FieldText.of(old), isReserved ? "" : "; its number is not reserved");
    var rule = old.isRequired() ? ProtoChange.REQUIRED_FIELD_REMOVED : ProtoChange.FIELD_REMOVED;
    changes.add(rule, owner + old.name(), message, old, after);
  }

  private void added(String owner, Field now, MessageType before) {
    String message = "field %d is new, of type %s".formatted(now.number(), FieldText.of(now));
    var rule =
        now.isRequired()
            ? ProtoChange.REQUIRED_FIELD_ADDED
            : isReserved(before, now.number())
                ? ProtoChange.RESERVED_NUMBER_USED
                : ProtoChange.FIELD_ADDED;
    changes.add(rule, owner + now.name(), message, before, now);
  }

  private static boolean isReserved(MessageType message, int number) {
    return message.reserved().ranges().stream().anyMatch(it -> it.contains(number));
  }

  /// Compares two fields, or extensions, with the same number.
  void compare(String subject, Field before, Field after) {
    if (!before.name().equals(after.name())) {
      String message = "is called %s, was %s".formatted(after.name(), before.name());
      changes.add(ProtoChange.FIELD_RENAMED, subject, message, before, after);
    } else if (!before.jsonName().equals(after.jsonName())) {
      String message = "is %s in JSON, was %s".formatted(after.jsonName(), before.jsonName());
      changes.add(ProtoChange.JSON_NAME_CHANGED, subject, message, before, after);
    }
    switch (types.compare(before, after)) {
      case SAME -> compareEncodings(subject, before, after);
      case REPLACED -> type(ProtoChange.FIELD_TYPE_REPLACED, subject, before, after);
      case CHANGED -> {
        type(ProtoChange.FIELD_TYPE_CHANGED, subject, before, after);
        return;
      }
    }
    if (before.isRepeated() != after.isRepeated()) {
      type(ProtoChange.FIELD_CARDINALITY_CHANGED, subject, before, after);
      return;
    }
    comparePresence(subject, before, after);
  }

  private void type(ProtoChange rule, String subject, Field before, Field after) {
    String message = "type is %s, was %s".formatted(FieldText.of(after), FieldText.of(before));
    changes.add(rule, subject, message, before, after);
  }

  private void compareEncodings(String subject, Field before, Field after) {
    if (before.isDelimited() != after.isDelimited()) {
      String message = after.isDelimited() ? "is between tags now" : "has a length now";
      changes.add(ProtoChange.FIELD_ENCODING_CHANGED, subject, message, before, after);
    }
    if (before.isRepeated() && after.isRepeated() && before.isPacked() != after.isPacked()) {
      String message = after.isPacked() ? "is packed now" : "is packed no more";
      changes.add(ProtoChange.PACKING_CHANGED, subject, message, before, after);
    }
  }

  private void comparePresence(String subject, Field before, Field after) {
    if (before.isRequired() != after.isRequired()) {
      var rule =
          after.isRequired()
              ? ProtoChange.FIELD_BECAME_REQUIRED
              : ProtoChange.FIELD_NO_LONGER_REQUIRED;
      String message = after.isRequired() ? "is required now" : "is required no more";
      changes.add(rule, subject, message, before, after);
    } else if (before.hasPresence() != after.hasPresence()) {
      String message =
          after.hasPresence() ? "can be unset now" : "cannot be told from its default any more";
      changes.add(ProtoChange.FIELD_PRESENCE_CHANGED, subject, message, before, after);
    }
    String old = before.defaultValue().orElse("none");
    String now = after.defaultValue().orElse("none");
    if (!old.equals(now)) {
      String message = "default is %s, was %s".formatted(now, old);
      changes.add(ProtoChange.DEFAULT_CHANGED, subject, message, before, after);
    }
  }

  private void compareOneofs(String owner, Field before, Field after, Fields olds, Fields news) {
    String subject = owner + before.name();
    String old = oneof(before);
    String now = oneof(after);
    String message = "is of %s, was of %s".formatted(now, old);
    if (!mates(before, news).equals(mates(after, olds))) {
      changes.add(ProtoChange.FIELD_ONEOF_CHANGED, subject, message, before, after);
    } else if (!old.equals(now)) {
      changes.add(ProtoChange.ONEOF_CHANGED, subject, message, before, after);
    }
  }

  private static String oneof(Field field) {
    return field
        .oneof()
        .filter(it -> !it.isSynthetic())
        .map(it -> "oneof " + it.name())
        .orElse("no oneof");
  }

  /// The numbers of the fields of which only this one can be set with it, if the other version has
  /// them too.
  private static Set<Integer> mates(Field field, Fields other) {
    return field.oneof().map(Oneof::fields).orElse(List.of(field)).stream()
        .map(Field::number)
        .filter(other.byNumber()::containsKey)
        .collect(Collectors.toSet());
  }
}
