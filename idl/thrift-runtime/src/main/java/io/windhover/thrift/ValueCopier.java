package io.windhover.thrift;

/// Copies values that no IDL describes from one protocol to another.
final class ValueCopier {

  private static final int TYPE_BITS = ThriftReader.TYPE_BITS;
  private static final int TYPE_MASK = ThriftReader.TYPE_MASK;
  private static final int FIELD_HEADER_BYTES = 3;

  private ValueCopier() {}

  /// Copies a field.
  ///
  /// @param header what [ThriftReader#fieldHeader] returned
  static void copyField(int header, ThriftReader in, ThriftWriter out) {
    int type = header & TYPE_MASK;
    int id = header >> TYPE_BITS;
    in.makeRoom(FIELD_HEADER_BYTES);
    if (type == ThriftType.BOOL) {
      out.boolField(id, in.bool());
    } else {
      out.field(type, id);
      copy(type, in, out);
    }
  }

  private static void copy(int type, ThriftReader in, ThriftWriter out) {
    in.makeRoom(ThriftType.minBytes(type)); // the copy may be many times as long
    switch (type) {
      case ThriftType.BOOL -> out.bool(in.bool());
      case ThriftType.I8 -> out.i8(in.i8());
      case ThriftType.DOUBLE -> out.f64(in.f64());
      case ThriftType.I16 -> out.i16(in.i16());
      case ThriftType.I32 -> out.i32(in.i32());
      case ThriftType.I64 -> out.i64(in.i64());
      case ThriftType.STRING -> out.binary(in.binary());
      case ThriftType.UUID -> out.uuid(in.uuid());
      case ThriftType.STRUCT -> copyStruct(in, out);
      case ThriftType.MAP -> copyMap(in, out);
      case ThriftType.SET, ThriftType.LIST -> copySequence(type, in, out);
      default -> throw ThriftProtocolException.unknownType(type);
    }
  }

  private static void copyStruct(ThriftReader in, ThriftWriter out) {
    in.structBegin();
    out.structBegin();
    for (int header; (header = in.fieldHeader()) != 0; ) {
      copyField(header, in, out);
    }
    in.structEnd();
    out.structEnd();
  }

  private static void copyMap(ThriftReader in, ThriftWriter out) {
    long header = in.entriesHeader();
    int count = (int) (header >>> 2 * TYPE_BITS);
    int keyType = (int) (header >>> TYPE_BITS) & TYPE_MASK;
    int valueType = (int) header & TYPE_MASK;
    out.mapBegin(keyType, valueType, count);
    in.nest();
    for (int i = 0; i < count; i++) {
      copy(keyType, in, out);
      copy(valueType, in, out);
    }
    in.unnest();
  }

  private static void copySequence(int type, ThriftReader in, ThriftWriter out) {
    long header = in.sequenceHeader();
    int count = (int) (header >>> TYPE_BITS);
    int elementType = (int) header & TYPE_MASK;
    if (type == ThriftType.SET) {
      out.setBegin(elementType, count);
    } else {
      out.listBegin(elementType, count);
    }
    in.nest();
    for (int i = 0; i < count; i++) {
      copy(elementType, in, out);
    }
    in.unnest();
  }
}
