package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.thrift.ThriftProtocolException.Code;
import org.jspecify.annotations.Nullable;

/// Reads the strict binary protocol.
public final class BinaryReader extends ThriftReader {

  private static final int FIELD_HEADER_BYTES = 3;
  private static final int LIST_HEADER_BYTES = 5;
  private static final int MAP_HEADER_BYTES = 6;

  private @Nullable ValueScanner scanner;

  /// Reads one message, to which a quarter of the heap is open.
  public BinaryReader(LinkBuffer in) {
    this(in, ObjectBudget.OF_ONE_MESSAGE);
  }

  public BinaryReader(LinkBuffer in, ObjectBudget budget) {
    super(in, budget);
  }

  @Override
  public int fieldHeader() {
    int at = pos;
    if (limit - at < Integer.BYTES) {
      return scatteredHeader();
    }
    int next = (int) INT.get(bytes, at); // type, id, and a byte of the value
    int type = next >>> Integer.SIZE - TYPE_BITS;
    if (type == ThriftType.STOP) {
      pos = at + 1;
      return 0;
    }
    pos = at + FIELD_HEADER_BYTES;
    return next << TYPE_BITS >> Short.SIZE << TYPE_BITS | type;
  }

  private int scatteredHeader() {
    int type = Byte.toUnsignedInt(i8());
    return type == ThriftType.STOP ? 0 : i16() << TYPE_BITS | type;
  }

  // ---- values

  /// Reads a bool: any byte but 0 is true.
  @Override
  public boolean bool() {
    return i8() != 0;
  }

  @Override
  public short i16() {
    return bigEndianShort();
  }

  @Override
  public int i32() {
    return bigEndianInt();
  }

  @Override
  public long i64() {
    return bigEndianLong();
  }

  @Override
  public double f64() {
    return Double.longBitsToDouble(bigEndianLong());
  }

  @Override
  public String string() {
    return string(bigEndianInt());
  }

  @Override
  public Binary binary() {
    return binary(bigEndianInt());
  }

  // ---- containers

  @Override
  int sequenceBegin(int type, int elementType) {
    int at = pos;
    if (limit - at < LIST_HEADER_BYTES || bytes[at] != elementType) {
      return unusualSequence(type, elementType);
    }
    pos = at + LIST_HEADER_BYTES;
    return checkedCount((int) INT.get(bytes, at + 1), ThriftType.minBytes(elementType));
  }

  /// Begins a list or a set whose header is not all in the open node, or not as the IDL has it.
  private int unusualSequence(int type, int elementType) {
    close();
    try {
      int count = in.getInt(1);
      if (in.getByte(0) != elementType && count != 0) {
        skip(type);
        return -1;
      }
      in.skip(LIST_HEADER_BYTES);
      open();
      return checkedCount(count, ThriftType.minBytes(elementType));
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  @Override
  long sequenceHeader() {
    int type = Byte.toUnsignedInt(i8());
    int count = i32();
    if (count == 0) {
      return ThriftType.I8; // as good as any
    }
    return (long) checkedCount(count, known(type)) << TYPE_BITS | type;
  }

  @Override
  int entriesBegin(int keyType, int valueType) {
    int at = pos;
    if (limit - at < MAP_HEADER_BYTES || bytes[at] != keyType || bytes[at + 1] != valueType) {
      return unusualEntries(keyType, valueType);
    }
    pos = at + MAP_HEADER_BYTES;
    return checkedEntries((int) INT.get(bytes, at + 2), keyType, valueType);
  }

  private int unusualEntries(int keyType, int valueType) {
    close();
    try {
      int count = in.getInt(2);
      if ((in.getByte(0) != keyType || in.getByte(1) != valueType) && count != 0) {
        skip(ThriftType.MAP);
        return -1;
      }
      in.skip(MAP_HEADER_BYTES);
      open();
      return checkedEntries(count, keyType, valueType);
    } catch (UnderflowException e) {
      throw ThriftProtocolException.cut(e);
    }
  }

  private int checkedEntries(int count, int keyType, int valueType) {
    return checkedCount(count, ThriftType.minBytes(keyType) + ThriftType.minBytes(valueType));
  }

  @Override
  long entriesHeader() {
    int keyType = Byte.toUnsignedInt(i8());
    int valueType = Byte.toUnsignedInt(i8());
    int count = i32();
    if (count == 0) {
      return ThriftType.I8 << TYPE_BITS | ThriftType.I8;
    }
    checkedCount(count, known(keyType) + known(valueType));
    return ((long) count << TYPE_BITS | keyType) << TYPE_BITS | valueType;
  }

  private static int known(int type) {
    int minBytes = ThriftType.minBytes(type);
    if (minBytes == 0) {
      throw ThriftProtocolException.unknownType(type);
    }
    return minBytes;
  }

  // ---- what the IDL does not know

  @Override
  public void skip(int type) {
    close();
    in.skip(measure(type));
    open();
  }

  @Override
  public UnknownFields unknown(int header, UnknownFields soFar) {
    close();
    int size = measure(header & TYPE_MASK);
    int begin = soFar.size();
    var fields = soFar.extended(FIELD_HEADER_BYTES + size);
    var kept = fields.bytes();
    kept[begin] = (byte) header;
    kept[begin + 1] = (byte) (header >> Short.SIZE);
    kept[begin + 2] = (byte) (header >> Byte.SIZE);
    in.readBytes(kept, begin + FIELD_HEADER_BYTES, size);
    open();
    return fields;
  }

  /// Returns the size of the value at the head.
  private int measure(int type) {
    if (scanner == null) {
      scanner = new ValueScanner(ValueScanner.MAX_DEPTH, Code.INVALID_DATA);
    }
    scanner.begin(type, depth(), 0, in.size());
    if (!scanner.advance(in)) {
      throw ThriftProtocolException.invalid("the message ends within a value");
    }
    return scanner.offset();
  }
}
