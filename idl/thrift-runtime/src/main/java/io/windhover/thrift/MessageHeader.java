package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.thrift.ThriftProtocolException.Code;

/// What stands before the struct of a call or a reply in the strict binary protocol.
///
/// ```
///  byte 0       1       2       3
///      +-------+-------+-------+-------+
///    0 | version 0x8001| unused | type |
///      +---------------+---------------+
///    4 |          name bytes           |
///      +-------------------------------+
///    8 |           name ...            |
///      +-------------------------------+
///      |          sequence id          |  pairs a reply with its call
///      +-------------------------------+
/// ```
///
/// Integers are big-endian. Messages without a version, of the oldest Thrift, are refused.
///
/// @param type [#CALL], [#REPLY], [#EXCEPTION] or [#ONEWAY]; another number up to 255 is passed on,
///   since what to answer depends on the side that got it
/// @param name the method
public record MessageHeader(int type, String name, int sequenceId) {

  public static final int CALL = 1;
  public static final int REPLY = 2;

  /// The struct is an [ApplicationError]: the server could not run the method.
  public static final int EXCEPTION = 3;

  public static final int ONEWAY = 4;

  /// The longest name that is read: what TTHeader, which carries the same name, allows a value.
  private static final int MAX_NAME_BYTES = 16 << 10;

  /// The first two bytes of every message.
  public static final int VERSION = 0x8001;

  private static final int TYPE_MASK = 0xff;

  public MessageHeader {
    if ((type & TYPE_MASK) != type) {
      throw new IllegalArgumentException("type: " + type + " (expected: 0..255)");
    }
  }

  /// Reads a header.
  ///
  /// @throws ThriftProtocolException if it is of another protocol, or not whole
  public static MessageHeader read(LinkBuffer in) {
    try {
      checkVersion(in.readShort());
      int type = in.readShort() & TYPE_MASK;
      String name = in.readUtf8(checkNameBytes(in.readInt()));
      return new MessageHeader(type, name, in.readInt());
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  public void write(LinkBuffer out) {
    out.writeInt(VERSION << Short.SIZE | type);
    out.writeSizedUtf8(name);
    out.writeInt(sequenceId);
  }

  static void checkVersion(short version) {
    if (version != (short) VERSION) {
      throw new ThriftProtocolException(
          Code.BAD_VERSION,
          "version: 0x%04x (expected: 0x%04x)".formatted(Short.toUnsignedInt(version), VERSION));
    }
  }

  static int checkNameBytes(int bytes) {
    if (bytes < 0) {
      throw ThriftProtocolException.negativeSize(bytes);
    }
    if (bytes > MAX_NAME_BYTES) {
      throw new ThriftProtocolException(
          Code.SIZE_LIMIT, "name bytes: " + bytes + " (expected: at most " + MAX_NAME_BYTES + ")");
    }
    return bytes;
  }
}
