package io.windhover.protobuf;

/// A number in one to ten bytes: seven bits each, the lowest first, and in each but the last the
/// highest bit set.
final class Varint {

  private Varint() {}

  static int size(long value) {
    return (Long.SIZE + 6 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /// Writes a number at a place where there is room.
  ///
  /// @return the place behind it
  static int put(long value, byte[] bytes, int at) {
    int pos = at;
    long left = value;
    while ((left & ~0x7f) != 0) {
      bytes[pos++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[pos++] = (byte) left;
    return pos;
  }
}
