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

  /// Sets two of the bytes.
  ///
  /// @param offset from the start of the room
  public void setShort(int offset, int value) {
    LinkBuffer.SHORT.set(bytes, index(offset, Short.BYTES), (short) value);
  }

  /// Sets four of the bytes.
  ///
  /// @param offset from the start of the room
  public void setInt(int offset, int value) {
    LinkBuffer.INT.set(bytes, index(offset, Integer.BYTES), value);
  }

  /// Sets the first four bytes.
  public void setInt(int value) {
    setInt(0, value);
  }

  /// Returns how many bytes the buffer has got since, the room itself not counted.
  public int bytesAfter() {
    return (int) (buffer.writePosition() - position - size);
  }

  private int index(int offset, int count) {
    if (offset < 0 || offset > size - count) {
      throw new IndexOutOfBoundsException("offset: " + offset + " of " + size + " reserved bytes");
    }
    if (position < buffer.readPosition()) {
      throw new IllegalStateException("the reserved bytes have left the buffer");
    }
    return start + offset;
  }
}
