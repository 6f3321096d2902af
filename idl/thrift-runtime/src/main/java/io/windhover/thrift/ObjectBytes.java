package io.windhover.thrift;

/// What objects take of the heap of a JVM with compressed references, about.
final class ObjectBytes {

  private static final int HEADER = 16;
  private static final int FIELD = 8;
  private static final int REFERENCE = 4;
  private static final int STRING = 48; // with its array
  private static final int LIST = 40; // with its array
  private static final int HASH_TABLE = 96; // a set has a map inside
  private static final int HASH_ENTRY = 48; // with its place in the table

  // By type code: the object of an element; 0 if it is shared, or counted when it is read itself.
  private static final byte[] ELEMENT = {0, 0, 0, 0, 24, 0, 16, 0, 16, 0, 24, 0, 0, 0, 0, 0, 32};

  private ObjectBytes() {}

  static int struct(int fields) {
    return HEADER + FIELD * fields;
  }

  /// A string or a binary.
  static long string(int size) {
    return (long) STRING + size;
  }

  static long list(int count, int elementType) {
    return LIST + (long) count * (REFERENCE + ELEMENT[elementType]);
  }

  static long numbers(int count, int elementBytes) {
    return LIST + (long) count * elementBytes;
  }

  static long set(int count, int elementType) {
    return HASH_TABLE + (long) count * (HASH_ENTRY + ELEMENT[elementType]);
  }

  static long map(int count, int keyType, int valueType) {
    return HASH_TABLE + (long) count * (HASH_ENTRY + ELEMENT[keyType] + ELEMENT[valueType]);
  }
}
