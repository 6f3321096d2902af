package io.windhover.buffer;

/// Room in a [LinkBuffer] whose bytes are filled in later: a length that is known once what it
/// counts is written. The bytes are undefined until then.
///
/// Valid as long as its buffer holds the room: once the bytes are read, moved to another buffer or
/// released, setting them throws IllegalStateException.
public final class Reservation {

  private final LinkBuffer buffer;
  private final byte[] bytes;
  private final int start;
  private final int size;
  private final long position;

  Reservation(LinkBuffer buffer, byte[] bytes, int start, int size, long position) {
    this.buffer = buffer;
    this.bytes = bytes;
    this.start = start;
    this.size = size;
    this.position = position;
  }

  /// Sets the first two bytes.
  public void setShort(int value) {
    LinkBuffer.SHORT.set(bytes, checkedStart(Short.BYTES), (short) value);
  }

  /// Sets the first four bytes.
  public void setInt(int value) {
    LinkBuffer.INT.set(bytes, checkedStart(Integer.BYTES), value);
  }

  /// Sets the first eight bytes.
  public void setLong(long value) {
    LinkBuffer.LONG.set(bytes, checkedStart(Long.BYTES), value);
  }

  /// Returns how many bytes the buffer has got since, the room itself not counted.
  public int bytesAfter() {
    return (int) (buffer.writePosition() - position - size);
  }

  private int checkedStart(int count) {
    if (count > size) {
      throw new IndexOutOfBoundsException(count + " bytes into " + size + " reserved ones");
    }
    if (position < buffer.readPosition()) {
      throw new IllegalStateException("the reserved bytes have left the buffer");
    }
    return start;
  }
}
