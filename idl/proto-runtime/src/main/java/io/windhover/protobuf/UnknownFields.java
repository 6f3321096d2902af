package io.windhover.protobuf;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Fields of a message that its IDL does not know, extensions among them, in the order of arrival:
/// tags and values as they are on the wire. They are written again behind the others, so that they
/// survive a hop through an older program. Immutable.
public final class UnknownFields {

  public static final UnknownFields NONE = new UnknownFields(new byte[0], 0);

  private final byte[] bytes; // may be longer than size, for the fields still to come
  private final int size;

  UnknownFields(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// Returns the fields as they are on the wire: a message of any type can be read of them.
  public Bytes toBytes() {
    return Bytes.wrap(Arrays.copyOf(bytes, size));
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Returns these fields with room for `count` more bytes behind them, for the reader to fill. The
  /// room grows geometrically: a struct of a million unknown fields costs a million steps, not
  /// their square. Only the last result of a chain may be extended.
  UnknownFields extended(int count) {
    int extended = Math.addExact(size, count);
    var room =
        extended <= bytes.length
            ? bytes
            : Arrays.copyOf(bytes, Math.max(extended, size == 0 ? 0 : extended + (extended >> 1)));
    return new UnknownFields(room, extended);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnknownFields that
        && Arrays.equals(bytes, 0, size, that.bytes, 0, that.size);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes, 0, size).hashCode();
  }

  @Override
  public String toString() {
    return "UnknownFields[" + size + " bytes]";
  }
}
