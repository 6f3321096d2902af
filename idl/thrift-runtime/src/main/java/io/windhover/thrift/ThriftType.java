package io.windhover.thrift;

/// The type codes of the binary protocol (Thrift specification, "Struct encoding").
public final class ThriftType {

  /// Not a type: the end of a struct.
  public static final int STOP = 0;

  public static final int BOOL = 2;
  public static final int I8 = 3;
  public static final int DOUBLE = 4;
  public static final int I16 = 6;
  public static final int I32 = 8;
  public static final int I64 = 10;

  /// Strings and binary.
  public static final int STRING = 11;

  public static final int STRUCT = 12;
  public static final int MAP = 13;
  public static final int SET = 14;
  public static final int LIST = 15;
  public static final int UUID = 16;

  // By type code: the bytes of a value, of its shortest value if there is no one size.
  private static final byte[] MIN_BYTES = {0, 0, 1, 1, 8, 0, 2, 0, 4, 0, 8, 4, 1, 6, 5, 5, 16};

  private static final int OF_NO_FIXED_SIZE =
      1 << STRING | 1 << STRUCT | 1 << MAP | 1 << SET | 1 << LIST;

  private ThriftType() {}

  /// Returns the size of the shortest value of a type on the wire, 0 if there is no such type.
  static int minBytes(int type) {
    return type >= 0 && type < MIN_BYTES.length ? MIN_BYTES[type] : 0;
  }

  /// Returns whether all values of a known type have [#minBytes] bytes.
  static boolean isFixedSize(int type) {
    return (OF_NO_FIXED_SIZE >> type & 1) == 0;
  }
}
