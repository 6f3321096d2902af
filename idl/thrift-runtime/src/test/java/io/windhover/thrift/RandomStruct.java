package io.windhover.thrift;

import java.util.Random;
import java.util.UUID;

/// Writes values of random types and shapes.
final class RandomStruct {

  private static final int[] TYPES = {2, 3, 4, 6, 8, 10, 11, 12, 13, 14, 15, 16};

  private final Random random;
  private final ThriftWriter out;

  RandomStruct(Random random, ThriftWriter out) {
    this.random = random;
    this.out = out;
  }

  void struct(int depth) {
    out.structBegin();
    for (int fields = random.nextInt(6); fields > 0; fields--) {
      int type = type(depth);
      int id = random.nextInt();
      if (type == ThriftType.BOOL) {
        out.boolField(id, random.nextBoolean());
      } else {
        out.field(type, id);
        value(type, depth);
      }
    }
    out.structEnd();
  }

  int type(int depth) {
    int type = TYPES[random.nextInt(TYPES.length)];
    boolean nests = type == ThriftType.STRUCT || !ThriftType.isFixedSize(type);
    return nests && depth <= 1 ? ThriftType.I64 : type;
  }

  void value(int type, int depth) {
    switch (type) {
      case ThriftType.BOOL -> out.bool(random.nextBoolean());
      case ThriftType.I8 -> out.i8((byte) random.nextInt());
      case ThriftType.DOUBLE -> out.f64(random.nextDouble());
      case ThriftType.I16 -> out.i16((short) random.nextInt());
      case ThriftType.I32 -> out.i32(random.nextInt());
      case ThriftType.I64 -> out.i64(random.nextLong());
      case ThriftType.STRING -> out.string("x".repeat(random.nextInt(30)));
      case ThriftType.STRUCT -> struct(depth - 1);
      case ThriftType.UUID -> out.uuid(new UUID(random.nextLong(), random.nextLong()));
      case ThriftType.MAP -> {
        int keyType = type(depth - 1);
        int valueType = type(depth - 1);
        int size = random.nextInt(4);
        out.mapBegin(keyType, valueType, size);
        for (int i = 0; i < size; i++) {
          value(keyType, depth - 1);
          value(valueType, depth - 1);
        }
      }
      default -> {
        int elementType = type(depth - 1);
        int size = random.nextInt(4);
        out.listBegin(elementType, size);
        for (int i = 0; i < size; i++) {
          value(elementType, depth - 1);
        }
      }
    }
  }
}
