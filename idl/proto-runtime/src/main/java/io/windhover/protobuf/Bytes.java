package io.windhover.protobuf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes: the value of a `bytes` field. Ordered as unsigned bytes; the order
/// also keeps hash tables fast when a peer sends keys of equal hash.
public final class Bytes implements Comparable<Bytes> {

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

  public boolean startsWith(Bytes prefix) {
    return holdsAt(0, prefix);
  }

  public boolean endsWith(Bytes suffix) {
    return holdsAt(bytes.length - suffix.bytes.length, suffix);
  }

  public boolean contains(Bytes part) {
    for (int from = 0; from <= bytes.length - part.bytes.length; from++) {
      if (holdsAt(from, part)) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsAt(int from, Bytes part) {
    int to = from + part.bytes.length;
    return from >= 0
        && to <= bytes.length
        && Arrays.equals(bytes, from, to, part.bytes, 0, part.bytes.length);
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

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
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
