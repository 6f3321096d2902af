package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;

/// Finds where a value ends without reading it, over bytes that may still be arriving.
///
/// It keeps its place and a stack of the containers it is in, so that each byte is looked at once
/// however many calls that takes, and a run of fixed-size elements is stepped over in one go. This
/// is how a field is skipped, how an unknown one is measured, and how an unframed message is cut.
final class ValueScanner {

  /// How deeply structs may nest, and containers of what the IDL does not know: as in Thrift and in
  /// Kitex.
  static final int MAX_DEPTH = 64;

  private static final int FIELD_HEADER_BYTES = 3;
  private static final int STRING_HEADER_BYTES = 4;
  private static final int LIST_HEADER_BYTES = 5;
  private static final int MAP_HEADER_BYTES = 6;

  private static final int UNTIL_STOP = -1; // as the number of values left: a struct

  private final int maxDepth;
  private final Code overrun;

  // By level: the values that are left of a container, and their types. A map has two values an
  // entry, so the parity of what is left tells a key from a value. Level 0 is the value scanned.
  private final int[] left;
  private final byte[] keyTypes;
  private final byte[] valueTypes;
  private int level;

  private int depthOutside;
  private int offset;
  private int maxOffset;

  /// @param overrun what it means when a value ends behind the last byte that it may have
  ValueScanner(int maxDepth, Code overrun) {
    this.maxDepth = maxDepth;
    this.overrun = overrun;
    this.left = new int[maxDepth + 1];
    this.keyTypes = new byte[maxDepth + 1];
    this.valueTypes = new byte[maxDepth + 1];
  }

  /// Starts with a new value.
  ///
  /// @param depthOutside how many structs the value is in
  /// @param offset where it begins, from the head of the buffer
  /// @param maxOffset where it must have ended
  void begin(int type, int depthOutside, int offset, int maxOffset) {
    this.depthOutside = depthOutside;
    this.offset = offset;
    this.maxOffset = maxOffset;
    level = 0;
    left[0] = 1;
    keyTypes[0] = (byte) type;
    valueTypes[0] = (byte) type;
  }

  /// Goes on as far as the bytes in `in` allow.
  ///
  /// @return whether the end of the value is known: it is at [#offset]
  /// @throws ThriftProtocolException if the bytes are not a value, or break a limit
  boolean advance(LinkBuffer in) {
    int available = in.size();
    while (level >= 0) {
      int values = left[level];
      if (values == 0) {
        level--;
      } else if (values == UNTIL_STOP) {
        if (offset >= available) {
          return false;
        }
        int type = Byte.toUnsignedInt(in.getByte(offset));
        if (type == ThriftType.STOP) {
          to(offset + 1L);
          level--;
        } else if (!step(in, available, type, FIELD_HEADER_BYTES)) {
          return false;
        }
      } else {
        int type = Byte.toUnsignedInt((values & 1) == 0 ? keyTypes[level] : valueTypes[level]);
        left[level] = values - 1;
        if (!step(in, available, type, 0)) {
          left[level] = values;
          return false;
        }
      }
    }
    return true;
  }

  /// Returns where the value ends, once [#advance] has returned true.
  int offset() {
    return offset;
  }

  /// Steps over one value, or into it.
  ///
  /// @param before the bytes of the field header that stands before the value
  /// @return false if that takes bytes that have not arrived; nothing has changed then
  private boolean step(LinkBuffer in, int available, int type, int before) {
    long at = (long) offset + before;
    if (at + headerBytes(type) > available) {
      return false;
    }
    switch (type) {
      case ThriftType.STRING -> to(at + STRING_HEADER_BYTES + size(in, at));
      case ThriftType.STRUCT -> {
        to(at);
        open(UNTIL_STOP, type, type);
      }
      case ThriftType.LIST, ThriftType.SET -> {
        int element = Byte.toUnsignedInt(in.getByte((int) at));
        int count = size(in, at + 1);
        enter(at + LIST_HEADER_BYTES, count, element, element, 1);
      }
      case ThriftType.MAP -> {
        int key = Byte.toUnsignedInt(in.getByte((int) at));
        int value = Byte.toUnsignedInt(in.getByte((int) at + 1));
        int count = size(in, at + 2);
        enter(at + MAP_HEADER_BYTES, count, key, value, 2);
      }
      default -> to(at + known(type));
    }
    return true;
  }

  private void enter(long at, int count, int keyType, int valueType, int valuesAnEntry) {
    to(at);
    if (count == 0) {
      return; // peers write any types for an empty map
    }
    int entryBytes = known(valueType) + (valuesAnEntry == 2 ? known(keyType) : 0);
    long bytes = (long) count * entryBytes;
    if (bytes > maxOffset - at) {
      throw ThriftProtocolException.tooMany(overrun, count, entryBytes, maxOffset - at);
    }
    if (ThriftType.isFixedSize(keyType) && ThriftType.isFixedSize(valueType)) {
      checkDepth();
      to(at + bytes);
    } else {
      open(count * valuesAnEntry, keyType, valueType);
    }
  }

  private void open(int values, int keyType, int valueType) {
    checkDepth();
    level++;
    left[level] = values;
    keyTypes[level] = (byte) keyType;
    valueTypes[level] = (byte) valueType;
  }

  private void checkDepth() {
    if (depthOutside + level >= maxDepth) {
      throw ThriftProtocolException.tooDeep(maxDepth);
    }
  }

  private void to(long newOffset) {
    if (newOffset > maxOffset) {
      throw new ThriftProtocolException(
          overrun, "needs " + newOffset + " bytes or more, may have " + maxOffset);
    }
    offset = (int) newOffset;
  }

  private static int size(LinkBuffer in, long at) {
    int size = in.getInt((int) at);
    if (size < 0) {
      throw ThriftProtocolException.negativeSize(size);
    }
    return size;
  }

  private static int known(int type) {
    int bytes = ThriftType.minBytes(type);
    if (bytes == 0) {
      throw ThriftProtocolException.unknownType(type);
    }
    return bytes;
  }

  /// The bytes that must be there before a value of this type can be stepped over or into.
  private static int headerBytes(int type) {
    return switch (type) {
      case ThriftType.STRING -> STRING_HEADER_BYTES;
      case ThriftType.LIST, ThriftType.SET -> LIST_HEADER_BYTES;
      case ThriftType.MAP -> MAP_HEADER_BYTES;
      default -> 0;
    };
  }
}
