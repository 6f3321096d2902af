package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the strict binary protocol from a buffer that holds the whole message.
///
/// Generated code drives it: [#structBegin], then [#fieldHeader] until that is 0, each header
/// followed by one value, then [#structEnd]. No length is believed before it is compared with the
/// bytes that are there, nothing nests more than 64 levels deep, as Thrift and Kitex have it, and
/// objects that take much more memory than the message has bytes are made only if an [ObjectBudget]
/// allows for them. Only [ThriftProtocolException] leaves it. For one message and one thread.
public final class BinaryReader {

  private static final int TYPE_BITS = 8;
  private static final int TYPE_MASK = (1 << TYPE_BITS) - 1;
  private static final int FIELD_HEADER_BYTES = 3;
  private static final int LIST_HEADER_BYTES = 5;
  private static final int MAP_HEADER_BYTES = 6;

  /// What the objects of the smallest message may take without asking.
  private static final int FREE_OBJECT_BYTES = 8 << 10;

  /// The least that is asked for.
  private static final int BUDGET_STEP = 64 << 10;

  private final LinkBuffer in;
  private final ObjectBudget budget;
  private long objectBytesLeft;
  private long takenBytes;
  private int depth;
  private long comparisonsLeft = KeyHashes.FREE_A_MESSAGE;
  private @Nullable ValueScanner scanner;

  /// Reads one message, to which a quarter of the heap is open.
  public BinaryReader(LinkBuffer in) {
    this(in, ObjectBudget.OF_ONE_MESSAGE);
  }

  public BinaryReader(LinkBuffer in, ObjectBudget budget) {
    this.in = in;
    this.budget = budget;
    this.objectBytesLeft = (long) FREE_OBJECT_BYTES + in.size();
  }

  /// Returns how many bytes the budget has given, which may be given back when the objects are
  /// gone.
  public long takenBytes() {
    return takenBytes;
  }

  private void makeRoom(long objectBytes) {
    objectBytesLeft -= objectBytes;
    if (objectBytesLeft < 0) {
      takeMore(Math.max(-objectBytesLeft, BUDGET_STEP));
    }
  }

  private void takeMore(long bytes) {
    if (!budget.take(bytes, takenBytes)) {
      throw ThriftProtocolException.noRoom(takenBytes);
    }
    takenBytes += bytes;
    objectBytesLeft += bytes;
  }

  // ---- structs

  /// Begins a struct of few fields, or one that becomes no object.
  public void structBegin() {
    structBegin(0);
  }

  /// Begins a struct.
  ///
  /// @param fields how many fields its object has
  public void structBegin(int fields) {
    makeRoom(ObjectBytes.struct(fields));
    if (++depth > ValueScanner.MAX_DEPTH) {
      throw ThriftProtocolException.tooDeep(ValueScanner.MAX_DEPTH);
    }
  }

  public void structEnd() {
    depth--;
  }

  /// Reads the header of the next field.
  ///
  /// @return `id << 8 | type`, or 0 at the end of the struct
  public int fieldHeader() {
    try {
      int type = in.readByte();
      if (type == ThriftType.STOP) {
        return 0;
      }
      if (ThriftType.minBytes(type) == 0) {
        throw ThriftProtocolException.unknownType(Byte.toUnsignedInt((byte) type));
      }
      return in.readShort() << TYPE_BITS | type;
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  // ---- values

  /// Reads a bool: any byte but 0 is true.
  public boolean bool() {
    return i8() != 0;
  }

  public byte i8() {
    try {
      return in.readByte();
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  public short i16() {
    try {
      return in.readShort();
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  public int i32() {
    try {
      return in.readInt();
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  public long i64() {
    try {
      return in.readLong();
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  public double f64() {
    return Double.longBitsToDouble(i64());
  }

  public String string() {
    try {
      int size = in.readInt();
      if (size < 0) {
        throw ThriftProtocolException.negativeSize(size);
      }
      var text = in.readUtf8(size);
      makeRoom(ObjectBytes.string(size));
      return text;
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  public Binary binary() {
    try {
      int size = in.readInt();
      if (size < 0) {
        throw ThriftProtocolException.negativeSize(size);
      }
      return size == 0 ? Binary.EMPTY : Binary.wrap(bytes(size));
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  public UUID uuid() {
    return new UUID(i64(), i64());
  }

  private byte[] bytes(int size) {
    if (size > in.size()) {
      throw ThriftProtocolException.invalid("needs " + size + " bytes, has " + in.size());
    }
    makeRoom(ObjectBytes.string(size));
    var bytes = new byte[size];
    in.readBytes(bytes, 0, size);
    return bytes;
  }

  // ---- containers

  /// Begins a list.
  ///
  /// @param elementType the type of the elements in the IDL
  /// @param minElementBytes the size of the shortest element on the wire
  /// @return the number of elements, which follow; -1 if they have another type: the list is
  ///   skipped
  public int listBegin(int elementType, int minElementBytes) {
    int count = sequenceBegin(ThriftType.LIST, elementType, minElementBytes);
    if (count >= 0) {
      makeRoom(ObjectBytes.list(count, elementType));
    }
    return count;
  }

  /// Begins a set, in the way of [#listBegin].
  public int setBegin(int elementType, int minElementBytes) {
    int count = sequenceBegin(ThriftType.SET, elementType, minElementBytes);
    if (count >= 0) {
      makeRoom(ObjectBytes.set(count, elementType));
    }
    return count;
  }

  private int sequenceBegin(int type, int elementType, int minElementBytes) {
    try {
      int count = in.getInt(1);
      if (in.getByte(0) != elementType && count != 0) {
        skip(type);
        return -1;
      }
      in.skip(LIST_HEADER_BYTES);
      return checked(count, minElementBytes);
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  /// Begins a map.
  ///
  /// @param keyType the type of the keys in the IDL
  /// @param valueType the type of the values in the IDL
  /// @param minEntryBytes the size of the shortest entry on the wire
  /// @return the number of entries, which follow; -1 if they have other types: the map is skipped
  public int mapBegin(int keyType, int valueType, int minEntryBytes) {
    try {
      int count = in.getInt(2);
      if ((in.getByte(0) != keyType || in.getByte(1) != valueType) && count != 0) {
        skip(ThriftType.MAP);
        return -1;
      }
      in.skip(MAP_HEADER_BYTES);
      checked(count, minEntryBytes);
      makeRoom(ObjectBytes.map(count, keyType, valueType));
      return count;
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  /// Returns what each key of a map, or element of a set, goes through if it is a struct or a
  /// container.
  public KeyHashes keyHashes() {
    return new KeyHashes(this);
  }

  /// Allows for the comparisons that a key takes; fewer than none if it takes fewer than it may.
  void compareKeys(int count) {
    comparisonsLeft -= count;
    if (comparisonsLeft < 0) {
      throw new ThriftProtocolException(
          Code.SIZE_LIMIT, "too many keys of maps and sets have equal hash codes");
    }
  }

  private int checked(int count, int minElementBytes) {
    if (count < 0) {
      throw ThriftProtocolException.negativeSize(count);
    }
    if ((long) count * minElementBytes > in.size()) {
      throw ThriftProtocolException.tooMany(count, minElementBytes, in.size());
    }
    return count;
  }

  // ---- what the IDL does not know

  /// Skips a value.
  public void skip(int type) {
    in.skip(measure(type));
  }

  /// Reads the value of a field that the IDL does not know, and keeps the field as it came.
  ///
  /// @param header what [#fieldHeader] returned
  /// @param soFar the unknown fields before it
  /// @return those and this one
  public UnknownFields unknown(int header, UnknownFields soFar) {
    int size = measure(header & TYPE_MASK);
    int start = soFar.size();
    var fields = soFar.extended(FIELD_HEADER_BYTES + size);
    var bytes = fields.bytes();
    bytes[start] = (byte) header;
    bytes[start + 1] = (byte) (header >> Short.SIZE);
    bytes[start + 2] = (byte) (header >> Byte.SIZE);
    in.readBytes(bytes, start + FIELD_HEADER_BYTES, size);
    return fields;
  }

  /// Returns the size of the value at the head.
  private int measure(int type) {
    if (scanner == null) {
      scanner = new ValueScanner(ValueScanner.MAX_DEPTH, Code.INVALID_DATA);
    }
    scanner.begin(type, depth, 0, in.size());
    if (!scanner.advance(in)) {
      throw ThriftProtocolException.invalid("the message ends within a value");
    }
    return scanner.offset();
  }
}
