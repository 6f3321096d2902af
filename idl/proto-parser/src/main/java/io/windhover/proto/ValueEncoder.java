package io.windhover.proto;

import io.windhover.proto.ast.Scalar;
import io.windhover.proto.source.Bytes;
import java.util.List;
import java.util.function.Consumer;

/// Writes values of options as their fields' types have it.
final class ValueEncoder {
  private static final int SET_ITEM = 1; // of a message set: a group of the two below
  private static final int SET_TYPE = 2;
  private static final int SET_MESSAGE = 3;

  private final WireWriter out;
  private final boolean isForRuntime;

  /// @param isForRuntime whether fields that are only for who compiles are left out
  ValueEncoder(WireWriter out, boolean isForRuntime) {
    this.out = out;
    this.isForRuntime = isForRuntime;
  }

  /// The value of the last field of `path`, within messages for the fields before it.
  void path(List<Field> path, Value value) {
    Field first = path.getFirst();
    if (path.size() > 1) {
      List<Field> rest = path.subList(1, path.size());
      plain(first, inner -> new ValueEncoder(inner, isForRuntime).path(rest, value));
    } else if (value instanceof Value.OfMessage(var message)) {
      plain(first, inner -> new ValueEncoder(inner, isForRuntime).fields(message));
    } else {
      single(first, value);
    }
  }

  /// The fields of a message. A field that cannot tell a zero from nothing is left out if zero.
  void fields(MessageValue message) {
    if (message.type().isMapEntry()) {
      mapEntry(message);
      return;
    }
    for (MessageValue.Entry entry : message.entries()) {
      if (entry.field().isRepeated() || entry.field().hasPresence() || !isZero(entry.value())) {
        field(entry.field(), entry.value());
      }
    }
  }

  void field(Field field, Value value) {
    if (isForRuntime && isOfSource(field)) {
      return;
    }
    if (!(value instanceof Value.OfList(var values))) {
      single(field, value);
    } else if (field.isPacked()) {
      if (!values.isEmpty()) {
        out.message(
            field.number(),
            inner ->
                values.forEach(it -> new ValueEncoder(inner, isForRuntime).element(field, it)));
      }
    } else {
      values.forEach(it -> single(field, it));
    }
  }

  /// Whether a message has something in it, and all of that is only for who compiles.
  static boolean isOfSource(MessageValue message) {
    return !message.isEmpty() && message.entries().stream().allMatch(it -> isOfSource(it.field()));
  }

  private static boolean isOfSource(Field field) {
    return field.options().choice("retention").filter("RETENTION_SOURCE"::equals).isPresent();
  }

  /// Both fields are written, be they missing.
  private void mapEntry(MessageValue entry) {
    for (Field field : entry.type().fields()) {
      Value value = entry.get(field);
      single(field, value == null ? zero(field) : value);
    }
  }

  private static Value zero(Field field) {
    return switch (field.type()) {
      case FieldType.OfMessage(var type) -> new Value.OfMessage(new MessageValue(type));
      case FieldType.OfEnum(var type) ->
          new Value.OfInt(type.values().isEmpty() ? 0 : type.values().getFirst().number());
      case FieldType.Unresolved _ -> new Value.OfInt(0);
      case FieldType.OfScalar(var scalar) ->
          switch (scalar) {
            case STRING, BYTES -> new Value.OfBytes(Bytes.of(""));
            case FLOAT -> new Value.OfFloat(0);
            case DOUBLE -> new Value.OfDouble(0);
            case BOOL -> new Value.OfBool(false);
            default -> new Value.OfInt(0);
          };
    };
  }

  private static boolean isZero(Value value) {
    return switch (value) {
      case Value.OfBool(boolean it) -> !it;
      case Value.OfInt(long it) -> it == 0;
      case Value.OfFloat(float it) -> Float.floatToRawIntBits(it) == 0;
      case Value.OfDouble(double it) -> Double.doubleToRawLongBits(it) == 0;
      case Value.OfBytes(var it) -> it.size() == 0;
      case Value.OfSerialized(var it) -> it.isEmpty();
      case Value.OfMessage _, Value.OfList _ -> false;
    };
  }

  private void single(Field field, Value value) {
    int number = field.number();
    switch (value) {
      case Value.OfMessage(var message) ->
          message(field, inner -> new ValueEncoder(inner, isForRuntime).fields(message));
      case Value.OfSerialized(var message) ->
          out.message(number, inner -> new ValueEncoder(inner, isForRuntime).fields(message));
      case Value.OfBytes(var bytes) -> out.bytes(number, bytes.toArray());
      case Value.OfBool(boolean it) -> out.bool(number, it);
      case Value.OfFloat(float it) -> out.fixed32(number, Float.floatToRawIntBits(it));
      case Value.OfDouble(double it) -> out.fixed64(number, Double.doubleToRawLongBits(it));
      case Value.OfInt(long it) -> {
        switch (width(field)) {
          case Integer.SIZE -> out.fixed32(number, (int) it);
          case Long.SIZE -> out.fixed64(number, it);
          default -> out.varint(number, varint(field, it));
        }
      }
      case Value.OfList(var values) -> values.forEach(it -> single(field, it));
    }
  }

  private void element(Field field, Value value) {
    switch (value) {
      case Value.OfBool(boolean it) -> out.varint(it ? 1 : 0);
      case Value.OfFloat(float it) -> out.fixed32(Float.floatToRawIntBits(it));
      case Value.OfDouble(double it) -> out.fixed64(Double.doubleToRawLongBits(it));
      case Value.OfInt(long it) -> {
        switch (width(field)) {
          case Integer.SIZE -> out.fixed32((int) it);
          case Long.SIZE -> out.fixed64(it);
          default -> out.varint(varint(field, it));
        }
      }
      case Value.OfMessage _, Value.OfSerialized _, Value.OfBytes _, Value.OfList _ ->
          throw new IllegalStateException(field + " is not packed");
    }
  }

  private void message(Field field, Consumer<WireWriter> content) {
    if (field.isExtension() && field.message().isMessageSet()) {
      out.group(
          SET_ITEM,
          item -> {
            item.varint(SET_TYPE, field.number());
            item.message(SET_MESSAGE, content);
          });
    } else {
      plain(field, content);
    }
  }

  private void plain(Field field, Consumer<WireWriter> content) {
    if (field.isDelimited()) {
      out.group(field.number(), content);
    } else {
      out.message(field.number(), content);
    }
  }

  /// The bits of a whole number that is not a varint; 0 for one that is.
  private static int width(Field field) {
    if (!(field.type() instanceof FieldType.OfScalar(var scalar))) {
      return 0;
    }
    return switch (scalar) {
      case FIXED32, SFIXED32 -> Integer.SIZE;
      case FIXED64, SFIXED64 -> Long.SIZE;
      default -> 0;
    };
  }

  private static long varint(Field field, long value) {
    boolean isZigzag =
        field.type() instanceof FieldType.OfScalar(var scalar)
            && (scalar == Scalar.SINT32 || scalar == Scalar.SINT64);
    return isZigzag ? value << 1 ^ value >> Long.SIZE - 1 : value;
  }
}
