package io.windhover.thrift;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Reads structs from a buffer that holds the whole message, in one of the protocols.
///
/// Generated code drives it: [#structBegin], then [#fieldHeader] until that is 0, each header
/// followed by one value, then [#structEnd]. No length is believed before it is compared with the
/// bytes that are there, nothing nests more than 64 levels deep, as Thrift and Kitex have it, and
/// objects that take much more memory than the message has bytes are made only if an [ObjectBudget]
/// allows for them. Only [ThriftProtocolException] leaves it. For one message and one thread.
///
/// How it is fast: while it is in a struct, the first node of the buffer is open as [#bytes], and
/// what is read there is consumed in one go, when the node or the struct ends. A value that is not
/// whole in the node is read through the buffer, and so is one outside of a struct.
public abstract sealed class ThriftReader permits BinaryReader, CompactReader {

  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  static final int TYPE_BITS = 8;
  static final int TYPE_MASK = (1 << TYPE_BITS) - 1;

  /// What the objects of the smallest message may take without asking.
  private static final int FREE_OBJECT_BYTES = 8 << 10;

  /// The least that is asked for.
  private static final int BUDGET_STEP = 64 << 10;

  private static final byte[] NOTHING = {};

  final LinkBuffer in; // not to be used but between close() and open()
  byte[] bytes = NOTHING;
  int pos;
  int limit;
  private int start; // where in `bytes` the buffer stands

  private final ObjectBudget budget;
  private long objectBytesLeft;
  private long takenBytes;
  private int depth;
  private long comparisonsLeft = KeyHashes.FREE_A_MESSAGE;

  ThriftReader(LinkBuffer in, ObjectBudget budget) {
    this.in = in;
    this.budget = budget;
    this.objectBytesLeft = (long) FREE_OBJECT_BYTES + in.size();
  }

  /// Returns how many bytes the budget has given, which may be given back when the objects are
  /// gone.
  public final long takenBytes() {
    return takenBytes;
  }

  final void makeRoom(long objectBytes) {
    objectBytesLeft -= objectBytes;
    if (objectBytesLeft < 0) {
      takeMore(Math.max(-objectBytesLeft, BUDGET_STEP));
    }
  }

  private void takeMore(long count) {
    if (!budget.take(count, takenBytes)) {
      throw ThriftProtocolException.noRoom(takenBytes);
    }
    takenBytes += count;
    objectBytesLeft += count;
  }

  // ---- structs

  /// Begins a struct of few fields, or one that becomes no object.
  public final void structBegin() {
    structBegin(0);
  }

  /// Begins a struct.
  ///
  /// @param fields how many fields its object has
  public void structBegin(int fields) {
    makeRoom(ObjectBytes.struct(fields));
    nest();
  }

  public void structEnd() {
    unnest();
  }

  /// Goes a level deeper: into a struct, or a container that the IDL does not know.
  final void nest() {
    if (++depth > ValueScanner.MAX_DEPTH) {
      throw ThriftProtocolException.tooDeep(ValueScanner.MAX_DEPTH);
    }
    if (depth == 1) {
      open();
    }
  }

  final void unnest() {
    if (--depth == 0) {
      close();
    }
  }

  /// Reads the header of the next field.
  ///
  /// @return `id << 8 | type`, or 0 at the end of the struct; the type may be none that there is
  public abstract int fieldHeader();

  /// Returns the id in the header of a field.
  public static int fieldId(int header) {
    return header >> TYPE_BITS;
  }

  /// Returns the type in the header of a field.
  public static int fieldType(int header) {
    return header & TYPE_MASK;
  }

  /// Returns the header of a field, as [#fieldHeader()] has it.
  public static int fieldHeader(int id, int type) {
    return id << TYPE_BITS | type;
  }

  /// Returns how many levels deep this is.
  final int depth() {
    return depth;
  }

  // ---- the open node

  /// Opens the first node, if this is in a struct.
  final void open() {
    if (depth > 0) {
      bytes = in.headArray();
      start = in.headOffset();
      pos = start;
      limit = start + in.headCount();
    }
  }

  /// Consumes what has been read, so that the buffer stands where this reader does.
  final void close() {
    in.skip(pos - start);
    bytes = NOTHING;
    start = 0;
    pos = 0;
    limit = 0;
  }

  /// Returns how many bytes are left of the message.
  final int bytesLeft() {
    return in.size() - (pos - start);
  }

  /// Reads some bytes of which not all are in the open node, as a big-endian integer.
  private long scattered(int count) {
    close();
    try {
      long value = 0;
      for (int i = 0; i < count; i++) {
        value = value << Byte.SIZE | Byte.toUnsignedLong(in.readByte());
      }
      return value;
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    } finally {
      open();
    }
  }

  // ---- values

  public abstract boolean bool();

  public final byte i8() {
    return pos < limit ? bytes[pos++] : (byte) scattered(Byte.BYTES);
  }

  public abstract short i16();

  public abstract int i32();

  public abstract long i64();

  public abstract double f64();

  public abstract String string();

  public abstract Binary binary();

  public final UUID uuid() {
    return new UUID(bigEndianLong(), bigEndianLong());
  }

  final short bigEndianShort() {
    int at = pos;
    if (limit - at < Short.BYTES) {
      return (short) scattered(Short.BYTES);
    }
    pos = at + Short.BYTES;
    return (short) (bytes[at] << Byte.SIZE | Byte.toUnsignedInt(bytes[at + 1]));
  }

  final int bigEndianInt() {
    int at = pos;
    if (limit - at < Integer.BYTES) {
      return (int) scattered(Integer.BYTES);
    }
    pos = at + Integer.BYTES;
    return (int) INT.get(bytes, at);
  }

  final long bigEndianLong() {
    int at = pos;
    if (limit - at < Long.BYTES) {
      return scattered(Long.BYTES);
    }
    pos = at + Long.BYTES;
    return (long) LONG.get(bytes, at);
  }

  /// Reads a string of `size` bytes.
  final String string(int size) {
    int at = pos;
    if (size < 0 || size > limit - at) {
      return scatteredString(size);
    }
    makeRoom(ObjectBytes.string(size));
    pos = at + size;
    return new String(bytes, at, size, UTF_8);
  }

  private String scatteredString(int size) {
    checkSize(size);
    makeRoom(ObjectBytes.string(size));
    close();
    var text = in.readUtf8(size);
    open();
    return text;
  }

  /// Reads a binary of `size` bytes.
  final Binary binary(int size) {
    int at = pos;
    if (size <= 0 || size > limit - at) {
      return scatteredBinary(size);
    }
    makeRoom(ObjectBytes.string(size));
    pos = at + size;
    return Binary.wrap(Arrays.copyOfRange(bytes, at, at + size));
  }

  private Binary scatteredBinary(int size) {
    checkSize(size);
    if (size == 0) {
      return Binary.EMPTY;
    }
    makeRoom(ObjectBytes.string(size));
    var value = new byte[size];
    close();
    in.readBytes(value, 0, size);
    open();
    return Binary.wrap(value);
  }

  private void checkSize(int size) {
    if (size < 0) {
      throw ThriftProtocolException.negativeSize(size);
    }
    if (size > bytesLeft()) {
      throw ThriftProtocolException.invalid("needs " + size + " bytes, has " + bytesLeft());
    }
  }

  // ---- containers

  /// Begins a list.
  ///
  /// @param elementType the type of the elements in the IDL
  /// @return the number of elements, which follow; -1 if they have another type: the list is
  ///   skipped
  public final int listBegin(int elementType) {
    int count = sequenceBegin(ThriftType.LIST, elementType);
    if (count >= 0) {
      makeRoom(ObjectBytes.list(count, elementType));
    }
    return count;
  }

  /// Reads a list of `i32`.
  ///
  /// @return `otherwise` if the elements have another type: the list is skipped
  public final List<Integer> i32List(List<Integer> otherwise) {
    return NumberLists.readI32(this, otherwise);
  }

  /// Reads a list of `i64`, in the way of [#i32List].
  public final List<Long> i64List(List<Long> otherwise) {
    return NumberLists.readI64(this, otherwise);
  }

  /// Reads a list of `double`, in the way of [#i32List].
  public final List<Double> f64List(List<Double> otherwise) {
    return NumberLists.readF64(this, otherwise);
  }

  /// Begins a list of numbers that lie in an array, in the way of [#listBegin].
  final int numbersBegin(int elementType, int elementBytes) {
    int count = sequenceBegin(ThriftType.LIST, elementType);
    if (count >= 0) {
      makeRoom(ObjectBytes.numbers(count, elementBytes));
    }
    return count;
  }

  /// Begins a set, in the way of [#listBegin].
  public final int setBegin(int elementType) {
    int count = sequenceBegin(ThriftType.SET, elementType);
    if (count >= 0) {
      makeRoom(ObjectBytes.set(count, elementType));
    }
    return count;
  }

  abstract int sequenceBegin(int type, int elementType);

  /// Begins a list or a set of whatever type.
  ///
  /// @return `count << 8 | element type`
  abstract long sequenceHeader();

  /// Begins a map.
  ///
  /// @param keyType the type of the keys in the IDL
  /// @param valueType the type of the values in the IDL
  /// @return the number of entries, which follow; -1 if they have other types: the map is skipped
  public final int mapBegin(int keyType, int valueType) {
    int count = entriesBegin(keyType, valueType);
    if (count >= 0) {
      makeRoom(ObjectBytes.map(count, keyType, valueType));
    }
    return count;
  }

  abstract int entriesBegin(int keyType, int valueType);

  /// Begins a map of whatever types.
  ///
  /// @return `count << 16 | key type << 8 | value type`
  abstract long entriesHeader();

  /// Returns `count` if so many elements can follow.
  final int checkedCount(int count, int minElementBytes) {
    if (count < 0) {
      throw ThriftProtocolException.negativeSize(count);
    }
    if ((long) count * minElementBytes > limit - pos) { // all the bytes that are left, mostly
      checkCount(count, minElementBytes);
    }
    return count;
  }

  private void checkCount(int count, int minElementBytes) {
    if ((long) count * minElementBytes > bytesLeft()) {
      throw ThriftProtocolException.tooMany(count, minElementBytes, bytesLeft());
    }
  }

  /// Returns what each key of a map, or element of a set, goes through if it is a struct or a
  /// container.
  public final KeyHashes keyHashes() {
    return new KeyHashes(this);
  }

  /// Allows for the comparisons that a key takes; fewer than none if it takes fewer than it may.
  final void compareKeys(int count) {
    comparisonsLeft -= count;
    if (comparisonsLeft < 0) {
      throw new ThriftProtocolException(
          Code.SIZE_LIMIT, "too many keys of maps and sets have equal hash codes");
    }
  }

  // ---- what the IDL does not know

  /// Skips so many bytes.
  final void skipBytes(int count) {
    checkSize(count);
    if (count <= limit - pos) {
      pos += count;
    } else {
      close();
      in.skip(count);
      open();
    }
  }

  /// Skips a value.
  public abstract void skip(int type);

  /// Reads the value of a field that the IDL does not know, and keeps the field.
  ///
  /// @param header what [#fieldHeader] returned
  /// @param soFar the unknown fields before it
  /// @return those and this one
  public abstract UnknownFields unknown(int header, UnknownFields soFar);
}
