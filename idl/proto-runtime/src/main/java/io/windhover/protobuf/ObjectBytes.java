package io.windhover.protobuf;

/// What objects take of the heap of a JVM with compressed references, about.
final class ObjectBytes {

  /// A string or bytes, with the array, besides its characters.
  static final int TEXT = 48;

  /// A list that grows, with its first array.
  static final int LIST = 80;

  /// A reference in a list that grows.
  static final int ELEMENT = 8;

  /// A hash table that keeps an order, with its first array.
  static final int HASH_TABLE = 136;

  /// An entry of a hash table, with its place in the table and boxes.
  static final int ENTRY = 96;

  /// The unknown fields of a message, with their array, besides their bytes.
  static final int UNKNOWN = 48;

  /// A number that an open enum has no value of.
  static final int UNKNOWN_NUMBER = 16;

  private static final int MESSAGE = 16;
  private static final int FIELD = 8;

  private ObjectBytes() {}

  static int message(int fields) {
    return MESSAGE + FIELD * fields;
  }
}
