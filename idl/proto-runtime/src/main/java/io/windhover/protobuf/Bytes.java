package io.windhover.protobuf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes: the value of a `bytes` field.
public final class Bytes {

  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final int SHOWN_BYTES = 16;

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Makes a value of a copy of `bytes`.
  public static Bytes of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /// Makes a value of `bytes` itself, which from now on nobody changes.
  public static Bytes wrap(byte[] bytes) {
    return new Bytes(bytes);
  }

  public int size() {
    return bytes.length;
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  public ByteBuffer asReadOnlyByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /// The bytes themselves, for code that does not change them.
  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// Shows the length and the first bytes.
  @Override
  public String toString() {
    var shown = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
    return "Bytes["
        + bytes.length
        + " bytes: "
        + shown
        + (bytes.length > SHOWN_BYTES ? "..." : "")
        + "]";
  }
}
