package io.windhover.protobuf;

/// What follows a tag on the wire. A tag is `number << 3 | wire type`.
public final class WireType {

  /// A number in one to ten bytes.
  public static final int VARINT = 0;

  public static final int FIXED64 = 1;

  /// A length, and as many bytes: a text, bytes, a message, or packed numbers.
  public static final int BYTES = 2;

  /// Fields, up to a tag of the same number with [#END_GROUP].
  public static final int GROUP = 3;

  public static final int END_GROUP = 4;
  public static final int FIXED32 = 5;

  static final int BITS = 3;
  static final int MASK = (1 << BITS) - 1;

  private WireType() {}
}
