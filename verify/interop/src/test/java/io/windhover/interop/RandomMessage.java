package io.windhover.interop;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.Random;

/// Makes messages of protobuf-java by chance.
final class RandomMessage {

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    -1,
    127,
    128,
    300,
    16_383,
    16_384,
    -300,
    1 << 21,
    1 << 28,
    1L << 35,
    1L << 42,
    1L << 49,
    1L << 56,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> TEXTS =
      List.of("", "a", "8 chars.", "9 letters", "é", "世界", "😀", "a\u0000b", "?", "\uFFFD");

  private final Random random;

  RandomMessage(long seed) {
    this.random = new Random(seed);
  }

  /// @param depth of messages below
  DynamicMessage of(Descriptor type, int depth) {
    var message = DynamicMessage.newBuilder(type);
    int density = 1 + random.nextInt(12);
    for (var field : type.getFields()) {
      boolean isSet = field.isRequired() || random.nextInt(density) == 0;
      boolean isTooDeep = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth == 0;
      if (isSet && !isTooDeep) {
        set(message, field, depth);
      }
    }
    if (random.nextInt(4) == 0) {
      message.setUnknownFields(
          UnknownFieldSet.newBuilder()
              .mergeVarintField(3_000, random.nextInt())
              .mergeField(
                  5_000,
                  UnknownFieldSet.Field.newBuilder()
                      .addFixed32(1)
                      .addLengthDelimited(ByteString.copyFromUtf8("kept"))
                      .addGroup(UnknownFieldSet.newBuilder().mergeVarintField(1, 2).build())
                      .build())
              .build());
    }
    return message.build();
  }

  private void set(DynamicMessage.Builder message, FieldDescriptor field, int depth) {
    if (!field.isRepeated()) {
      message.setField(field, value(field, depth));
      return;
    }
    for (int left = random.nextInt(random.nextInt(8) == 0 ? 200 : 4); left >= 0; left--) {
      message.addRepeatedField(field, value(field, field.isMapField() ? depth : depth - 1));
    }
  }

  /// Returns a value of a field.
  Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> random.nextInt(4) == 0 ? -0.0f : Float.intBitsToFloat((int) number());
      case DOUBLE -> random.nextInt(4) == 0 ? -0.0 : Double.longBitsToDouble(number());
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text();
      case BYTE_STRING -> ByteString.copyFromUtf8(text());
      case ENUM -> anEnum(field);
      case MESSAGE -> message(field, Math.max(depth - 1, 0));
    };
  }

  private Message message(FieldDescriptor field, int depth) {
    if (!field.isMapField()) {
      return of(field.getMessageType(), depth);
    }
    var entry = DynamicMessage.newBuilder(field.getMessageType());
    for (var part : field.getMessageType().getFields()) {
      entry.setField(part, value(part, depth));
    }
    return entry.build();
  }

  private Object anEnum(FieldDescriptor field) {
    var type = field.getEnumType();
    return type.isClosed() || random.nextInt(4) > 0
        ? type.getValues().get(random.nextInt(type.getValues().size()))
        : type.findValueByNumberCreatingIfUnknown(random.nextInt());
  }

  private long number() {
    return random.nextInt(3) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private String text() {
    var text = TEXTS.get(random.nextInt(TEXTS.size()));
    return random.nextInt(6) == 0 ? text.repeat(random.nextInt(60)) : text;
  }
}
