package io.windhover.thrift;

/// The type codes of the compact protocol (Thrift specification, "Thrift Compact protocol
/// encoding"), which fit into four bits.
final class CompactType {

  /// Of a bool field: its value too. As the type of elements it stands for all bools.
  static final int TRUE = 1;

  static final int FALSE = 2;

  private static final int MASK = 0xf;

  private static final byte[] OF_THRIFT = {
    0, 0, TRUE, 3, 7, 0, 4, 0, 5, 0, 6, 8, 12, 11, 10, 9, 13
  };

  private static final byte[] TO_THRIFT = {
    0,
    ThriftType.BOOL,
    ThriftType.BOOL,
    ThriftType.I8,
    ThriftType.I16,
    ThriftType.I32,
    ThriftType.I64,
    ThriftType.DOUBLE,
    ThriftType.STRING,
    ThriftType.LIST,
    ThriftType.SET,
    ThriftType.MAP,
    ThriftType.STRUCT,
    ThriftType.UUID,
    0,
    0
  };

  private CompactType() {}

  /// Returns the code for a [ThriftType].
  static int of(int thriftType) {
    return OF_THRIFT[thriftType];
  }

  /// Returns the [ThriftType] for the low four bits of `code`.
  static int toThrift(int code) {
    int type = TO_THRIFT[code & MASK];
    if (type == 0) {
      throw ThriftProtocolException.unknownType(code & MASK);
    }
    return type;
  }

  /// Returns the size of the shortest value of a [ThriftType].
  static int minBytes(int thriftType) {
    return thriftType == ThriftType.DOUBLE || thriftType == ThriftType.UUID
        ? ThriftType.minBytes(thriftType)
        : 1;
  }
}
