package io.windhover.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.protobuf.ProtoException.Code;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The lowest level of a [ProtoReader]: tags and single values, out of an array and up to a limit.
///
/// Every method compares with the limit before it reads, so that nothing leaves it but a
/// [ProtoException], and asks before it makes an object.
abstract sealed class ScalarReader permits ListReader {

  static final VarHandle INT = view(int[].class);
  static final VarHandle LONG = view(long[].class);

  private static final int MAX_NUMBER = (1 << 29) - 1;
  private static final int MAX_VARINT_BYTES = 10;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final int FREE_OBJECT_BYTES = 8 << 10; // of a small message
  private static final int OBJECT_STEP = 16 << 10;
  private static final char REPLACEMENT = '\uFFFD'; // what `new String` puts for what is no text

  final byte[] bytes;
  int pos;

  /// Where the message ends that is read now.
  int limit;

  /// The tag of the field that is read now, which tells errors where they are; 0 between fields if
  /// the next tag is none.
  int tag;

  /// The tag at which the group ends that is read now; 0 if it is no group.
  int endTag;

  private final int start;
  private final ObjectBudget budget;
  private long objectBytesLeft;
  private long asked;

  ScalarReader(byte[] bytes, int start, int count, ObjectBudget budget) {
    this.bytes = bytes;
    this.start = start;
    this.pos = start;
    this.limit = start + count;
    this.budget = budget;
    this.objectBytesLeft = (long) FREE_OBJECT_BYTES + count;
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  // ---- tags

  /// Returns the next tag, 0 at the end of the message or group.
  public int tag() {
    int at = pos;
    if (at >= limit) {
      return end();
    }
    int first = bytes[at];
    if (first >= 1 << WireType.BITS && (first & WireType.MASK) != WireType.END_GROUP) {
      pos = at + 1;
      tag = first;
      return first;
    }
    return otherTag();
  }

  private int end() {
    if (endTag != 0) {
      tag = 0;
      throw truncated();
    }
    return 0;
  }

  private int otherTag() {
    tag = 0;
    int read = anyTag();
    if ((read & WireType.MASK) == WireType.END_GROUP) {
      if (read != endTag) {
        throw malformed("the end of a group that has not begun");
      }
      return 0;
    }
    tag = read;
    return read;
  }

  /// Reads a tag, be it that of the end of a group.
  final int anyTag() {
    long read = int64();
    long number = read >>> WireType.BITS;
    if (number == 0 || number > MAX_NUMBER) {
      throw malformed("field number " + number);
    }
    return (int) read;
  }

  /// Whether the next tag is this one, which then is consumed. For generated code, which asks first
  /// for the field that is next in most messages. Of a tag of more than two bytes it is said that
  /// it is not.
  public boolean isNext(int tag) {
    int at = pos;
    if (tag >>> 7 != 0) {
      return isNextOfTwo(tag, at);
    }
    if (at >= limit || bytes[at] != tag) {
      return false;
    }
    pos = at + 1;
    this.tag = tag;
    return true;
  }

  private boolean isNextOfTwo(int tag, int at) {
    if (tag >>> 14 != 0
        || limit - at < 2
        || bytes[at] != (byte) (tag | 0x80)
        || bytes[at + 1] != tag >>> 7) {
      return false;
    }
    pos = at + 2;
    this.tag = tag;
    return true;
  }

  // ---- numbers

  /// Reads an `int32`, `uint32` or the number of an enum; of a longer varint its low bits count.
  public int int32() {
    int at = pos;
    if (at < limit) {
      int first = bytes[at];
      if (first >= 0) {
        pos = at + 1;
        return first;
      }
    }
    return (int) varint();
  }

  /// Reads an `int64` or `uint64`.
  public long int64() {
    int at = pos;
    if (at < limit) {
      int first = bytes[at];
      if (first >= 0) {
        pos = at + 1;
        return first;
      }
    }
    return varint();
  }

  /// Reads a varint of more than one byte, mostly.
  private long varint() {
    int at = pos;
    if (bytes.length - at >= Long.BYTES) { // some may be beyond the limit
      long next = (long) LONG.get(bytes, at);
      long ends = ~next & HIGH_BITS;
      int count = (Long.numberOfTrailingZeros(ends) + 1) / Byte.SIZE;
      if (ends != 0 && count <= limit - at) {
        pos = at + count;
        return sevenBits(next & (ends ^ ends - 1));
      }
    }
    return longVarint();
  }

  /// Returns what is left of eight bytes without the highest bit of each.
  private static long sevenBits(long bytes) {
    long pairs = bytes & 0x007f_007f_007f_007fL | (bytes & 0x7f00_7f00_7f00_7f00L) >>> 1;
    long fours = pairs & 0x0000_3fff_0000_3fffL | (pairs & 0x3fff_0000_3fff_0000L) >>> 2;
    return fours & 0x0fff_ffffL | (fours & 0x0fff_ffff_0000_0000L) >>> 4;
  }

  /// Reads a varint byte by byte: one that is long, or near the end of the array.
  private long longVarint() {
    int at = pos;
    int end = Math.min(limit, at + MAX_VARINT_BYTES);
    long value = 0;
    for (int shift = 0; at < end; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        pos = at;
        return value;
      }
    }
    if (at - pos == MAX_VARINT_BYTES) {
      throw malformed("a varint of more than ten bytes");
    }
    throw truncated();
  }

  public int sint32() {
    int value = int32();
    return value >>> 1 ^ -(value & 1);
  }

  public long sint64() {
    long value = int64();
    return value >>> 1 ^ -(value & 1);
  }

  /// Reads a `fixed32` or `sfixed32`.
  public int fixed32() {
    int at = advance(Integer.BYTES);
    return (int) INT.get(bytes, at);
  }

  /// Reads a `fixed64` or `sfixed64`.
  public long fixed64() {
    int at = advance(Long.BYTES);
    return (long) LONG.get(bytes, at);
  }

  public float floatValue() {
    return Float.intBitsToFloat(fixed32());
  }

  public double doubleValue() {
    return Double.longBitsToDouble(fixed64());
  }

  public boolean bool() {
    return int64() != 0;
  }

  // ---- texts and bytes

  /// Reads a text.
  ///
  /// @throws ProtoException if it is not UTF-8
  public String string() {
    int count = length();
    int at = advance(count);
    var text = text(at, count);
    // fast: a string of Latin letters cannot hold it, and knows
    if (text.indexOf(REPLACEMENT) >= 0 && !isWritten(text, at, count)) {
      throw ProtoException.reading(Code.BAD_TEXT, "the text is not UTF-8", at - start);
    }
    return text;
  }

  /// Whether these bytes are the text, and so a U+FFFD in it is one of the sender's.
  private boolean isWritten(String text, int at, int count) {
    byte[] written = text.getBytes(UTF_8);
    return Arrays.equals(written, 0, written.length, bytes, at, at + count);
  }

  /// Reads a text that need not be UTF-8: what is not becomes U+FFFD.
  public String lenientString() {
    int count = length();
    return text(advance(count), count);
  }

  private String text(int at, int count) {
    if (count == 0) {
      return "";
    }
    take(ObjectBytes.TEXT + count);
    var text = new String(bytes, at, count, UTF_8);
    int chars = text.length();
    if (chars != count || text.indexOf(REPLACEMENT) >= 0) { // not ASCII: two bytes each, maybe
      take(Math.max(2L * chars - count, 0));
    }
    return text;
  }

  public Bytes bytes() {
    int count = length();
    int at = advance(count);
    if (count == 0) {
      return Bytes.EMPTY;
    }
    take(ObjectBytes.TEXT + count);
    return Bytes.wrap(Arrays.copyOfRange(bytes, at, at + count));
  }

  // ---- limits

  /// Reads a length, which is not beyond the limit.
  final int length() {
    long count = int64();
    if (count < 0 || count > limit - pos) {
      throw count >>> 31 == 0 ? truncated() : malformed("length: " + count);
    }
    return (int) count;
  }

  /// Consumes bytes.
  ///
  /// @param count not negative
  /// @return where they are
  final int advance(int count) {
    int at = pos;
    if (count > limit - at) {
      throw truncated();
    }
    pos = at + count;
    return at;
  }

  /// Asks for what an object takes of the heap.
  final void take(long count) {
    objectBytesLeft -= count;
    if (objectBytesLeft < 0) {
      ask();
    }
  }

  private void ask() {
    long more = Math.max(-objectBytesLeft, OBJECT_STEP);
    if (!budget.take(more, asked)) {
      throw ProtoException.reading(
          Code.SIZE_LIMIT,
          "the objects of the message take more memory than may be had: they got %d bytes besides its size"
              .formatted(asked),
          pos - start);
    }
    asked += more;
    objectBytesLeft += more;
  }

  // ---- errors

  final ProtoException malformed(String problem) {
    return ProtoException.reading(Code.MALFORMED, problem, pos - start);
  }

  final ProtoException truncated() {
    return ProtoException.reading(Code.TRUNCATED, "the message ends within a field", pos - start);
  }

  final ProtoException tooDeep(int maxDepth) {
    return ProtoException.reading(
        Code.DEPTH_LIMIT, "nested more than " + maxDepth + " levels deep", pos - start);
  }
}
