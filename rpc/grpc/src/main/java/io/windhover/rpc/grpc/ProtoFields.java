package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import java.nio.charset.StandardCharsets;

/// The fields of Protobuf messages that are small enough to be read and written by hand.
///
/// ```
///   field: tag = number << 3 | wire type, a varint; then its value
/// ```
final class ProtoFields {

  static final int VARINT = 0;
  static final int SIXTY_FOUR_BITS = 1;
  static final int SIZED = 2; // strings, messages
  static final int THIRTY_TWO_BITS = 5;

  private static final int MAX_VARINT_BYTES = 10;

  private ProtoFields() {}

  static int tag(int number, int wireType) {
    return number << 3 | wireType;
  }

  /// @throws MalformedMessageException if it does not end
  static long readVarint(LinkBuffer in) {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      int next = in.readByte();
      value |= (long) (next & 0x7f) << 7 * i;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedMessageException("a varint of more than 10 bytes");
  }

  /// Reads what stands behind the tag of a sized field.
  ///
  /// @throws MalformedMessageException if it reaches past the message
  static String readString(LinkBuffer in) {
    return in.readUtf8(readSize(in));
  }

  private static int readSize(LinkBuffer in) {
    long size = readVarint(in);
    if (size < 0 || size > in.size()) {
      throw new MalformedMessageException("a field of %d bytes in %d".formatted(size, in.size()));
    }
    return (int) size;
  }

  /// Skips the value of a field that nobody knows.
  ///
  /// @throws MalformedMessageException if it can be none
  static void skip(int tag, LinkBuffer in) {
    switch (tag & 7) {
      case VARINT -> readVarint(in);
      case SIXTY_FOUR_BITS -> in.skip(Long.BYTES);
      case SIZED -> in.skip(readSize(in));
      case THIRTY_TWO_BITS -> in.skip(Integer.BYTES);
      default -> throw new MalformedMessageException("a field of wire type " + (tag & 7));
    }
  }

  static void writeString(int number, String value, LinkBuffer out) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeVarint(tag(number, SIZED));
    out.writeVarint(bytes.length);
    out.writeBytes(bytes, 0, bytes.length);
  }

  /// @param value moved to `out`
  static void writeMessage(int number, LinkBuffer value, LinkBuffer out) {
    out.writeVarint(tag(number, SIZED));
    out.writeVarint(value.size());
    out.append(value);
  }

  static void writeVarint(int number, long value, LinkBuffer out) {
    out.writeVarint(tag(number, VARINT));
    out.writeVarint(value);
  }
}
