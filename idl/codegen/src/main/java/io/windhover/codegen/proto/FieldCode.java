package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaNames;
import io.windhover.codegen.proto.FieldModel.Many;
import io.windhover.codegen.proto.FieldModel.MapOf;
import io.windhover.codegen.proto.FieldModel.Numeric;
import io.windhover.codegen.proto.FieldModel.OfBytes;
import io.windhover.codegen.proto.FieldModel.OfEnum;
import io.windhover.codegen.proto.FieldModel.OfMessage;
import io.windhover.codegen.proto.FieldModel.One;
import io.windhover.codegen.proto.FieldModel.Text;
import io.windhover.codegen.proto.FieldModel.ValueModel;
import io.windhover.proto.EnumType;
import java.util.List;

/// The code that reads and writes one field: statements of the codec, where the message is `into`
/// or `message`, and the other side `in` or `out`.
final class FieldCode {

  private static final int INT_BITS = Integer.SIZE;

  /// The first field whose tag has more than two bytes.
  private static final int FIRST_OF_LONG_TAG = 1 << 11;

  private FieldCode() {}

  // ---- reading

  /// Returns what stands behind `case`: the tags of the field.
  static String tags(FieldModel field) {
    var own = tag(field.number(), wireType(field));
    return isPackable(field) ? own + ", " + tag(field.number(), "BYTES") : own;
  }

  private static boolean isPackable(FieldModel field) {
    return field.holding() instanceof Many
        && (field.value() instanceof Numeric || field.value() instanceof OfEnum);
  }

  /// Returns the statements that go on to the code of the field if it is next, else leave: it is
  /// expected with the tag that it is written with. Tags of three bytes are never found to be next.
  static List<String> expect(FieldModel field) {
    boolean isPacked = isPackable(field) && field.field().isPacked();
    var tag = tag(field.number(), isPacked ? "BYTES" : wireType(field));
    if (field.number() >= FIRST_OF_LONG_TAG) {
      return List.of();
    }
    var leave = "if (!in.isNext(%s)) break;".formatted(tag);
    return field.holding() instanceof Many
        ? List.of(leave, "tag = %s;".formatted(tag))
        : List.of(leave);
  }

  private static String wireType(FieldModel field) {
    return field.holding() instanceof MapOf ? "BYTES" : field.value().wireType();
  }

  static String tag(int number, String wireType) {
    return "%s << 3 | `WireType`.%s".formatted(number, wireType);
  }

  /// Returns the statements that read the field.
  static List<String> read(FieldModel field) {
    var own = "into." + field.name();
    return switch (field.holding()) {
      case One _ -> readOne(field, own);
      case Many _ -> readList(field, own);
      case MapOf _ -> readEntry(field, own);
    };
  }

  private static List<String> readOne(FieldModel field, String own) {
    if (field.value() instanceof OfEnum(var java, var type) && type.isClosed()) {
      return closed(field.number(), java, own + " = value;");
    }
    var assignment = "%s = %s;".formatted(own, value(field.value(), own));
    return field.bit() < 0
        ? List.of(assignment)
        : List.of(assignment, "into.%s |= %s;".formatted(word(field), mask(field)));
  }

  /// Returns the expression of a value that is read.
  ///
  /// @param before the value that a message is merged with
  static String value(ValueModel value, String before) {
    return switch (value) {
      case Numeric(var kind) -> "in.%s()".formatted(kind.read());
      case Text(var isLenient) -> isLenient ? "in.lenientString()" : "in.string()";
      case OfBytes _ -> "in.bytes()";
      case OfEnum(var java, var _) -> java + ".of(in.int32())";
      case OfMessage(var java, var _, var isGroup) ->
          "in.%s(¦%s.CODEC, ¦%s)".formatted(isGroup ? "group" : "message", java, before);
    };
  }

  /// Returns the statements that read a value of a closed enum.
  ///
  /// @param statement what is done with `value`
  static List<String> closed(int number, String java, String statement) {
    return List.of(
        "int number = in.int32();",
        "var value = %s.of(number);".formatted(java),
        "if (value != null) {",
        statement,
        "} else {",
        "into.unknownFields = in.unknownNumber(%s, number, into.unknownFields);".formatted(number),
        "}");
  }

  private static List<String> readList(FieldModel field, String own) {
    return switch (field.value()) {
      case Numeric(var kind) -> List.of("%s = in.%s(tag, %s);".formatted(own, kind.readAll(), own));
      case Text(var isLenient) ->
          List.of(
              "%s = in.%s(tag, %s);".formatted(own, isLenient ? "lenientStrings" : "strings", own));
      case OfBytes _ -> List.of("%s = in.bytesList(tag, %s);".formatted(own, own));
      case OfEnum(var java, var type) when type.isClosed() ->
          List.of(
              "%s = in.growing(%s);".formatted(own, own),
              "into.unknownFields = ¦in.enums(tag, %s.TYPE, %s, into.unknownFields);"
                  .formatted(java, own));
      case OfEnum(var java, var _) ->
          List.of("%s = in.enums(tag, %s.TYPE, %s);".formatted(own, java, own));
      case OfMessage(var java, var _, var isGroup) ->
          List.of(
              "%s = ¦in.%s(tag, %s.CODEC, %s);"
                  .formatted(own, isGroup ? "groups" : "messages", java, own));
    };
  }

  private static List<String> readEntry(FieldModel field, String own) {
    var type = mapConstant(field);
    if (field.value() instanceof OfEnum(var _, var closed) && closed.isClosed()) {
      return List.of(
          "%s = in.growing(%s);".formatted(own, own),
          "into.unknownFields = ¦in.entry(%s, %s, into.unknownFields);".formatted(type, own));
    }
    return List.of("%s = in.entry(%s, %s);".formatted(own, type, own));
  }

  // ---- maps

  private static String mapConstant(FieldModel field) {
    return mapConstant(field.name());
  }

  /// Returns the constant that says what a map has.
  static String mapConstant(String name) {
    return JavaNames.upperCase("", name);
  }

  /// Returns the declaration of the constant that says what a map has.
  static String mapType(FieldModel field, ValueModel key, ProtoNames names) {
    return "private static final `MapType`<%s, %s> %s = ¦`MapType`.of(%s, %s);"
        .formatted(
            key.boxed(),
            field.value().boxed(),
            mapConstant(field),
            valueType(key, names),
            valueType(field.value(), names));
  }

  private static String valueType(ValueModel value, ProtoNames names) {
    return switch (value) {
      case Numeric(var kind) -> "`ValueType`." + kind;
      case Text _ -> "`ValueType`.STRING";
      case OfBytes _ -> "`ValueType`.BYTES";
      case OfEnum(var java, EnumType type) ->
          "`ValueType`.of(%s.TYPE, %s.%s)"
              .formatted(java, java, names.constant(type.values().getFirst()));
      case OfMessage(var java, var _, var _) ->
          "`ValueType`.message(() -> %s.CODEC)".formatted(java);
    };
  }

  // ---- writing

  /// Returns the condition on which the field is written; empty if always.
  static String isSet(FieldModel field, String owner) {
    var own = owner + field.name();
    if (!field.isOne()) {
      return "";
    }
    if (field.bit() >= 0) {
      return "(%s%s & %s) != 0".formatted(owner, word(field), mask(field));
    }
    if (field.isNullable()) {
      return own + " != null";
    }
    return switch (field.value()) {
      case Numeric(var kind) -> kind.isSet(own);
      case Text _ -> "!%s.isEmpty()".formatted(own);
      case OfBytes _ -> own + ".size() != 0";
      case OfEnum _ -> own + ".value() != 0";
      case OfMessage _ -> own + " != null";
    };
  }

  /// Returns the statement that writes a field.
  static String write(FieldModel field, String own) {
    int number = field.number();
    return switch (field.holding()) {
      case One _ -> writeOne(field.value(), number, own);
      case Many _ -> writeList(field, number, own);
      case MapOf _ -> "out.map(%s, %s, %s);".formatted(number, mapConstant(field), own);
    };
  }

  static String writeOne(ValueModel value, int number, String own) {
    return switch (value) {
      case Numeric(var kind) -> "out.%s(%s, %s);".formatted(kind.write(), number, own);
      case Text _ -> "out.string(%s, %s);".formatted(number, own);
      case OfBytes _ -> "out.bytes(%s, %s);".formatted(number, own);
      case OfEnum _ -> "out.enumValue(%s, %s);".formatted(number, own);
      case OfMessage(var java, var _, var isGroup) ->
          "out.%s(¦%s, ¦%s.CODEC, ¦%s);"
              .formatted(isGroup ? "group" : "message", number, java, own);
    };
  }

  private static String writeList(FieldModel field, int number, String own) {
    boolean isPacked = field.field().isPacked();
    return switch (field.value()) {
      case Numeric(var kind) -> "out.%s(%s, %s);".formatted(kind.writeAll(isPacked), number, own);
      case Text _ -> "out.strings(%s, %s);".formatted(number, own);
      case OfBytes _ -> "out.bytesList(%s, %s);".formatted(number, own);
      case OfEnum _ -> "out.%s(%s, %s);".formatted(isPacked ? "packedEnums" : "enums", number, own);
      case OfMessage(var java, var _, var isGroup) ->
          "out.%s(¦%s, ¦%s.CODEC, ¦%s);"
              .formatted(isGroup ? "groups" : "messages", number, java, own);
    };
  }

  // ---- presence bits

  /// Returns the private field that has the bit of a field.
  static String word(FieldModel field) {
    return word(field.bit() / INT_BITS);
  }

  /// The first of them has no number.
  static String word(int index) {
    return index == 0 ? "presence" : "presence" + index;
  }

  static int words(List<FieldModel> fields) {
    int bits = (int) fields.stream().filter(it -> it.bit() >= 0).count();
    return (bits + INT_BITS - 1) / INT_BITS;
  }

  static String mask(FieldModel field) {
    return "1 << " + field.bit() % INT_BITS;
  }
}
