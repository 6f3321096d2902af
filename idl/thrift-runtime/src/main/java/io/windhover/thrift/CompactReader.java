package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import java.util.Arrays;

/// Reads the compact protocol.
///
/// Integers are refused if they have more bits than their type, where some peers drop these bits.
/// Fields that the IDL does not know are kept in the form of the binary protocol, so that they can
/// be written in either.
public final class CompactReader extends ThriftReader {

  private static final int SHALLOW = 4; // as deep as most structs nest
  private static final int HIGH = 4; // the shift of the high half of a byte
  private static final int LOW_MASK = 0xf;
  private static final int LONG_LIST = 15; // as the count of a list or set: the count comes next
  private static final int VARINT_BITS = 7; // in each byte, whose highest bit says that more come
  private static final int VARINT_MASK = 0x7f;
  private static final int I32_VARINT_BYTES = 5;
  private static final int I64_VARINT_BYTES = 10;

  private int[] outerIds = new int[SHALLOW]; // by depth
  private int lastId; // of this struct; a header has the difference only
  private int boolInHeader; // the value that the last header had with it, 0 if it had none

  /// Reads one message, to which a quarter of the heap is open.
  public CompactReader(LinkBuffer in) {
    this(in, ObjectBudget.OF_ONE_MESSAGE);
  }

  public CompactReader(LinkBuffer in, ObjectBudget budget) {
    super(in, budget);
  }

  // ---- structs

  @Override
  public void structBegin(int fields) {
    super.structBegin(fields);
    if (depth() >= outerIds.length) {
      outerIds = Arrays.copyOf(outerIds, 2 * depth());
    }
    outerIds[depth()] = lastId;
    lastId = 0;
  }

  @Override
  public void structEnd() {
    lastId = outerIds[depth()];
    super.structEnd();
  }

  @Override
  public int fieldHeader() {
    int header = i8();
    if (header == ThriftType.STOP) {
      return 0;
    }
    int type = CompactType.toThrift(header);
    int delta = header >> HIGH & LOW_MASK;
    int id = delta == 0 ? i16() : lastId + delta;
    if (id != (short) id) {
      throw ThriftProtocolException.invalid("field id: " + id);
    }
    lastId = id;
    if (type == ThriftType.BOOL) {
      boolInHeader = header & LOW_MASK;
    }
    return id << TYPE_BITS | type;
  }

  // ---- values

  /// Reads a bool: 1 is true, anything else is false, as in peers.
  @Override
  public boolean bool() {
    int value = boolInHeader == 0 ? i8() : boolInHeader;
    boolInHeader = 0;
    return value == CompactType.TRUE;
  }

  @Override
  public short i16() {
    int value = i32();
    if (value != (short) value) {
      throw ThriftProtocolException.invalid("i16: " + value);
    }
    return (short) value;
  }

  @Override
  public int i32() {
    int zigzag = varint32();
    return zigzag >>> 1 ^ -(zigzag & 1);
  }

  @Override
  public long i64() {
    long zigzag = varint(I64_VARINT_BYTES);
    return zigzag >>> 1 ^ -(zigzag & 1);
  }

  @Override
  public double f64() {
    return Double.longBitsToDouble(Long.reverseBytes(bigEndianLong()));
  }

  @Override
  public String string() {
    return string(varint32());
  }

  @Override
  public Binary binary() {
    return binary(varint32());
  }

  private int varint32() {
    long value = varint(I32_VARINT_BYTES);
    if (value >>> Integer.SIZE != 0) {
      throw tooLong(Integer.SIZE);
    }
    return (int) value;
  }

  private long varint(int maxBytes) {
    int at = pos;
    if (at < limit && bytes[at] >= 0) {
      pos = at + 1;
      return bytes[at];
    }
    long value = 0;
    for (int i = 0; i < maxBytes; i++) {
      byte next = i8();
      value |= (long) (next & VARINT_MASK) << i * VARINT_BITS;
      if (next >= 0) {
        if (i == I64_VARINT_BYTES - 1 && next > 1) {
          throw tooLong(Long.SIZE);
        }
        return value;
      }
    }
    throw ThriftProtocolException.invalid("an integer of more than " + maxBytes + " bytes");
  }

  private static ThriftProtocolException tooLong(int bits) {
    return ThriftProtocolException.invalid("an integer of more than " + bits + " bits");
  }

  private int size() {
    int size = varint32();
    if (size < 0) {
      throw ThriftProtocolException.negativeSize(size);
    }
    return size;
  }

  // ---- containers

  @Override
  int sequenceBegin(int type, int elementType) {
    long header = sequenceHeader();
    int count = (int) (header >>> TYPE_BITS);
    int actual = (int) header & TYPE_MASK;
    if (count != 0 && actual != elementType) {
      skipElements(count, actual);
      return -1;
    }
    return count;
  }

  @Override
  int entriesBegin(int keyType, int valueType) {
    long header = entriesHeader();
    int count = (int) (header >>> 2 * TYPE_BITS);
    int actualKey = (int) (header >>> TYPE_BITS) & TYPE_MASK;
    int actualValue = (int) header & TYPE_MASK;
    if (count != 0 && (actualKey != keyType || actualValue != valueType)) {
      skipEntries(count, actualKey, actualValue);
      return -1;
    }
    return count;
  }

  @Override
  long sequenceHeader() {
    int header = Byte.toUnsignedInt(i8());
    int count = header >>> HIGH;
    if (count == LONG_LIST) {
      count = size();
    }
    if (count == 0) {
      return ThriftType.I8; // as good as any
    }
    int type = CompactType.toThrift(header);
    checkedCount(count, CompactType.minBytes(type));
    return (long) count << TYPE_BITS | type;
  }

  @Override
  long entriesHeader() {
    int count = size();
    if (count == 0) {
      return ThriftType.I8 << TYPE_BITS | ThriftType.I8;
    }
    int types = i8();
    int keyType = CompactType.toThrift(types >> HIGH);
    int valueType = CompactType.toThrift(types);
    checkedCount(count, CompactType.minBytes(keyType) + CompactType.minBytes(valueType));
    return ((long) count << TYPE_BITS | keyType) << TYPE_BITS | valueType;
  }

  // ---- what the IDL does not know

  @Override
  public void skip(int type) {
    switch (type) {
      case ThriftType.BOOL -> bool();
      case ThriftType.I8 -> i8();
      case ThriftType.I16, ThriftType.I32 -> varint32();
      case ThriftType.I64 -> varint(I64_VARINT_BYTES);
      case ThriftType.DOUBLE -> bigEndianLong();
      case ThriftType.UUID -> uuid();
      case ThriftType.STRING -> skipBytes(size());
      case ThriftType.STRUCT -> {
        structBegin();
        for (int header; (header = fieldHeader()) != 0; ) {
          skip(header & TYPE_MASK);
        }
        structEnd();
      }
      case ThriftType.LIST, ThriftType.SET -> {
        long header = sequenceHeader();
        skipElements((int) (header >>> TYPE_BITS), (int) header & TYPE_MASK);
      }
      case ThriftType.MAP -> {
        long header = entriesHeader();
        int count = (int) (header >>> 2 * TYPE_BITS);
        skipEntries(count, (int) (header >>> TYPE_BITS) & TYPE_MASK, (int) header & TYPE_MASK);
      }
      default -> throw ThriftProtocolException.unknownType(type);
    }
  }

  private void skipElements(int count, int type) {
    nest();
    for (int i = 0; i < count; i++) {
      skip(type);
    }
    unnest();
  }

  private void skipEntries(int count, int keyType, int valueType) {
    nest();
    for (int i = 0; i < count; i++) {
      skip(keyType);
      skip(valueType);
    }
    unnest();
  }

  @Override
  public UnknownFields unknown(int header, UnknownFields soFar) {
    try (var copy = new LinkBuffer()) {
      ValueCopier.copyField(header, this, new BinaryWriter(copy));
      int begin = soFar.size();
      int size = copy.size();
      var fields = soFar.extended(size);
      copy.readBytes(fields.bytes(), begin, size);
      return fields;
    }
  }
}
