package io.windhover.thrift;

import java.util.Arrays;

/// Fields of a struct that its IDL does not know, as they came: header and value, in the order of
/// arrival. They are written again, so that they survive a hop through an older program. Immutable.
public final class UnknownFields {

  public static final UnknownFields NONE = new UnknownFields(new byte[0]);

  private final byte[] bytes;

  UnknownFields(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnknownFields that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "UnknownFields[" + bytes.length + " bytes]";
  }
}
