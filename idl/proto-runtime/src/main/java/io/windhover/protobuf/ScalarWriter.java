package io.windhover.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.buffer.LinkBuffer;
import io.windhover.protobuf.ProtoException.Code;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lowest level of a [ProtoWriter]: fields with single values, into an array.
///
/// The array is the room in the last node of the buffer that the message goes to, if it goes to
/// one. If that is too small, the message goes on in a larger array of its own, which becomes a
/// node of the buffer in the end: a message always lies in one piece, so that
/// [lengths][ProtoWriter#end] can be put in later.
abstract sealed class ScalarWriter permits ListWriter {

  static final int MAX_TAG_BYTES = 5;
  static final int MAX_VARINT_BYTES = 10;

  /// Up to here a loop over the characters is faster than the JDK's encoder, which makes an array.
  private static final int SHORT_CHARS = 8;

  private static final long QUESTION_MARKS = 0x3f3f_3f3f_3f3f_3f3fL;
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private @Nullable LinkBuffer own;
  byte[] bytes;
  private int start;
  int pos;
  private int end;

  /// @param bytes with room from `start` on
  ScalarWriter(byte[] bytes, int start, int room) {
    this.bytes = bytes;
    this.start = start;
    this.pos = start;
    this.end = start + room;
  }

  /// Returns a copy of what was written.
  final byte[] toArray() {
    return Arrays.copyOfRange(bytes, start, pos);
  }

  /// Appends what was written to the buffer in which there was room.
  final void finish(LinkBuffer out) {
    int count = written();
    if (own == null) {
      out.addTail(count);
    } else {
      own.addTail(count);
      out.append(own);
    }
  }

  /// Gives back what was taken beside the first room.
  final void release() {
    if (own != null) {
      own.release();
    }
  }

  /// Returns how many bytes were written: a place that stays the same when the array grows.
  final int written() {
    return pos - start;
  }

  /// Makes room for `count` bytes.
  final void room(int count) {
    if (end - pos < count) {
      grow(count);
    }
  }

  private void grow(int count) {
    int written = written();
    long wanted = Math.max((long) written + count, 2L * (end - start));
    if (wanted > Integer.MAX_VALUE - Long.BYTES) {
      wanted = (long) written + count;
    }
    if (wanted > Integer.MAX_VALUE - Long.BYTES) {
      throw ProtoException.writing(Code.SIZE_LIMIT, "the message is larger than 2 GiB");
    }
    var larger = new LinkBuffer();
    byte[] array = larger.tailArray((int) wanted);
    System.arraycopy(bytes, start, array, larger.tailOffset(), written);
    if (own != null) {
      own.release();
    }
    own = larger;
    bytes = array;
    start = larger.tailOffset();
    end = start + larger.tailRoom();
    pos = start + written;
  }

  /// Writes a tag and makes room for a value.
  final void tag(int number, int wireType, int valueBytes) {
    pos = tagged(number, wireType, valueBytes);
  }

  /// The same, but for [#pos], which the caller moves behind the value in one go.
  ///
  /// @return the place behind the tag
  private int tagged(int number, int wireType, int valueBytes) {
    room(MAX_TAG_BYTES + valueBytes);
    return Varint.put(Integer.toUnsignedLong(number << WireType.BITS | wireType), bytes, pos);
  }

  /// Writes a varint where there is room.
  final void putVarint(long value) {
    pos = Varint.put(value, bytes, pos);
  }

  /// Makes small numbers of numbers near 0, be they negative.
  static int zigZag(int value) {
    return value << 1 ^ value >> Integer.SIZE - 1;
  }

  static long zigZag(long value) {
    return value << 1 ^ value >> Long.SIZE - 1;
  }

  // ---- fields

  public void int32(int number, int value) {
    int64(number, value);
  }

  public void uint32(int number, int value) {
    int64(number, Integer.toUnsignedLong(value));
  }

  public void sint32(int number, int value) {
    uint32(number, zigZag(value));
  }

  /// Writes an `int64` or `uint64`.
  public void int64(int number, long value) {
    int at = tagged(number, WireType.VARINT, MAX_VARINT_BYTES);
    pos = Varint.put(value, bytes, at);
  }

  public void sint64(int number, long value) {
    int64(number, zigZag(value));
  }

  /// Writes a `fixed32` or `sfixed32`.
  public void fixed32(int number, int value) {
    int at = tagged(number, WireType.FIXED32, Integer.BYTES);
    ScalarReader.INT.set(bytes, at, value);
    pos = at + Integer.BYTES;
  }

  /// Writes a `fixed64` or `sfixed64`.
  public void fixed64(int number, long value) {
    int at = tagged(number, WireType.FIXED64, Long.BYTES);
    ScalarReader.LONG.set(bytes, at, value);
    pos = at + Long.BYTES;
  }

  public void floatValue(int number, float value) {
    fixed32(number, Float.floatToRawIntBits(value));
  }

  public void doubleValue(int number, double value) {
    fixed64(number, Double.doubleToRawLongBits(value));
  }

  public void bool(int number, boolean value) {
    int at = tagged(number, WireType.VARINT, 1);
    bytes[at] = (byte) (value ? 1 : 0);
    pos = at + 1;
  }

  public void enumValue(int number, ProtoEnum value) {
    int64(number, value.value());
  }

  /// Writes a text.
  ///
  /// @throws ProtoException if it holds half a surrogate pair
  public void string(int number, String value) {
    int at = tagged(number, WireType.BYTES, 1 + SHORT_CHARS);
    int count = value.length();
    if (count <= SHORT_CHARS && putAscii(value, bytes, at + 1)) {
      bytes[at] = (byte) count;
      pos = at + 1 + count;
    } else {
      pos = at;
      longString(number, value);
    }
  }

  /// Puts a text into an array if it is ASCII.
  private static boolean putAscii(String value, byte[] array, int at) {
    int to = at;
    int count = value.length();
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      array[to++] = (byte) c;
    }
    return true;
  }

  private void longString(int number, String value) {
    byte[] encoded = value.getBytes(UTF_8);
    if (mayBeReplaced(encoded, value)) {
      checkPairs(number, value);
    }
    room(MAX_TAG_BYTES + encoded.length);
    putVarint(encoded.length);
    System.arraycopy(encoded, 0, bytes, pos, encoded.length);
    pos += encoded.length;
  }

  /// Whether the JDK may have put a question mark for what is no character: it does so for half a
  /// surrogate pair.
  private static boolean mayBeReplaced(byte[] encoded, String value) {
    if (encoded.length != value.length() || encoded.length < Long.BYTES) {
      return true; // not ASCII alone, or else it would have been written by the loop
    }
    int last = encoded.length - Long.BYTES;
    for (int at = 0; at < last; at += Long.BYTES) {
      if (hasQuestionMark((long) ScalarReader.LONG.get(encoded, at))) {
        return true;
      }
    }
    return hasQuestionMark((long) ScalarReader.LONG.get(encoded, last));
  }

  private static boolean hasQuestionMark(long eightBytes) {
    long differences = eightBytes ^ QUESTION_MARKS;
    return (differences - LOW_BITS & ~differences & HIGH_BITS) != 0;
  }

  private static void checkPairs(int number, String value) {
    for (int i = 0; i < value.length(); i++) {
      int codePoint = value.codePointAt(i);
      if (Character.isSupplementaryCodePoint(codePoint)) {
        i++;
      } else if (Character.isSurrogate((char) codePoint)) {
        throw ProtoException.writing(
            Code.BAD_TEXT,
            "field %d: character %d of the text is half a surrogate pair".formatted(number, i));
      }
    }
  }

  public void bytes(int number, Bytes value) {
    byte[] content = value.bytes();
    tag(number, WireType.BYTES, MAX_TAG_BYTES + content.length);
    putVarint(content.length);
    System.arraycopy(content, 0, bytes, pos, content.length);
    pos += content.length;
  }

  /// Writes fields as they were read.
  public void unknown(UnknownFields fields) {
    int count = fields.size();
    if (count > 0) {
      room(count);
      System.arraycopy(fields.bytes(), 0, bytes, pos, count);
      pos += count;
    }
  }
}
