package io.windhover.codegen.proto;

import io.windhover.codegen.proto.FieldModel.Holding;
import io.windhover.codegen.proto.FieldModel.Many;
import io.windhover.codegen.proto.FieldModel.MapOf;
import io.windhover.codegen.proto.FieldModel.OfMessage;
import io.windhover.codegen.proto.FieldModel.One;
import io.windhover.codegen.proto.FieldModel.Text;
import io.windhover.codegen.proto.FieldModel.ValueModel;
import io.windhover.proto.Field;
import io.windhover.proto.FieldType;
import io.windhover.proto.MessageType;
import io.windhover.proto.Oneof;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a message is in Java.
///
/// @param name of the class, without those around it
/// @param fields those that are in no oneof, by number
/// @param oneofs in the order of the file
record MessageModel(
    MessageType type, String name, List<FieldModel> fields, List<OneofModel> oneofs) {

  /// A oneof: a sealed interface with a record for each field.
  ///
  /// @param java the interface, as [ProtoNames#java]
  /// @param name of its accessors
  /// @param arms by number; their names are those of the records
  record OneofModel(Oneof oneof, String java, String simple, String name, List<FieldModel> arms) {

    String stem() {
      return MemberNames.stem(name);
    }

    /// Returns the record of an arm.
    String record(FieldModel arm) {
      return java + "." + arm.name();
    }

    boolean holdsMessage() {
      return arms.stream().anyMatch(FieldModel::isMessage);
    }
  }

  static MessageModel of(MessageType type, ProtoNames names) {
    var fields = new ArrayList<FieldModel>();
    int bit = 0;
    for (var field : byNumber(type.fields())) {
      if (field.oneof().filter(it -> !it.isSynthetic()).isPresent()) {
        continue;
      }
      var name = names.member(type, field);
      var model = field(field, name, names.stem(type, field), bit, names);
      fields.add(model);
      bit += model.bit() >= 0 ? 1 : 0;
    }
    var oneofs = new ArrayList<OneofModel>();
    for (var oneof : ProtoNames.realOneofs(type)) {
      var arms =
          byNumber(oneof.fields()).stream()
              .map(it -> field(it, names.simple(it), names.simple(it), -1, names))
              .toList();
      oneofs.add(
          new OneofModel(
              oneof, names.java(oneof), names.simple(oneof), names.member(type, oneof), arms));
    }
    return new MessageModel(type, names.simple(type), fields, oneofs);
  }

  private static List<Field> byNumber(List<Field> fields) {
    return fields.stream().sorted(Comparator.comparingInt(Field::number)).toList();
  }

  private static FieldModel field(
      Field field, String name, String stem, int nextBit, ProtoNames names) {
    Holding holding;
    ValueModel value;
    if (field.isMap() && field.type() instanceof FieldType.OfMessage(var entry)) {
      holding = new MapOf(ofEntry(entry.fields().get(0), names));
      value = ofEntry(entry.fields().get(1), names);
    } else {
      holding = field.isRepeated() ? new Many() : new One();
      value = FieldModel.value(field, names);
    }
    boolean isOne = holding instanceof One;
    boolean hasBit = isOne && field.hasPresence() && value instanceof FieldModel.Numeric;
    var defaultCode = isOne ? DefaultValues.of(field, value, names) : "";
    return new FieldModel(field, name, stem, holding, value, hasBit ? nextBit : -1, defaultCode);
  }

  /// Texts in maps are looked through whatever the file says, as protobuf-java does it: keys that
  /// are no text could become one. Messages in them are never groups.
  private static ValueModel ofEntry(Field part, ProtoNames names) {
    return switch (FieldModel.value(part, names)) {
      case Text _ -> new Text(false);
      case OfMessage(var java, var type, var _) -> new OfMessage(java, type, false);
      case ValueModel value -> value;
    };
  }

  /// Whether it, or a message below it, has a required field.
  static boolean hasRequired(MessageType type) {
    return hasRequired(type, new HashSet<>());
  }

  private static boolean hasRequired(MessageType type, Set<MessageType> seen) {
    if (!seen.add(type)) {
      return false;
    }
    for (var field : type.fields()) {
      if (field.isRequired()
          || (field.type() instanceof FieldType.OfMessage(var inner) && hasRequired(inner, seen))) {
        return true;
      }
    }
    return false;
  }

  /// Whether its values do.
  static boolean holdsRequired(FieldModel field) {
    return field.value() instanceof FieldModel.OfMessage message && hasRequired(message.type());
  }
}
