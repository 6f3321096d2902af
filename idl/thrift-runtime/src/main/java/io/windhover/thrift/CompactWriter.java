package io.windhover.thrift;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.buffer.LinkBuffer;
import java.util.Arrays;
import java.util.UUID;

/// Writes the compact protocol.
public final class CompactWriter extends ThriftWriter {

  private static final int SHALLOW = 4; // as deep as most structs nest
  private static final int MAX_DELTA = 15;
  private static final int MAX_SHORT_LIST = 14;
  private static final int LONG_LIST = 15;
  private static final int HIGH = 4; // the shift of the high half of a byte

  private int[] outerIds = new int[SHALLOW]; // by depth
  private int lastId; // of this struct; a header has the difference only

  public CompactWriter(LinkBuffer out) {
    super(out);
  }

  // ---- structs

  @Override
  public void structBegin() {
    super.structBegin();
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

  // ---- fields

  @Override
  public void field(int type, int id) {
    header(CompactType.of(type), (short) id);
  }

  private void header(int compactType, int id) {
    int delta = id - lastId;
    if (delta > 0 && delta <= MAX_DELTA) {
      out.writeByte(delta << HIGH | compactType);
    } else {
      out.writeByte(compactType);
      i32(id);
    }
    lastId = id;
  }

  @Override
  public void boolField(int id, boolean value) {
    header(value ? CompactType.TRUE : CompactType.FALSE, (short) id);
  }

  @Override
  public void i8Field(int id, byte value) {
    field(ThriftType.I8, id);
    i8(value);
  }

  @Override
  public void i16Field(int id, short value) {
    field(ThriftType.I16, id);
    i16(value);
  }

  @Override
  public void i32Field(int id, int value) {
    field(ThriftType.I32, id);
    i32(value);
  }

  @Override
  public void i64Field(int id, long value) {
    field(ThriftType.I64, id);
    i64(value);
  }

  @Override
  public void f64Field(int id, double value) {
    field(ThriftType.DOUBLE, id);
    f64(value);
  }

  @Override
  public void stringField(int id, String value) {
    field(ThriftType.STRING, id);
    string(value);
  }

  @Override
  public void binaryField(int id, Binary value) {
    field(ThriftType.STRING, id);
    binary(value);
  }

  @Override
  public void uuidField(int id, UUID value) {
    field(ThriftType.UUID, id);
    uuid(value);
  }

  // ---- containers

  @Override
  public void listBegin(int elementType, int size) {
    int type = CompactType.of(elementType);
    if (size <= MAX_SHORT_LIST) {
      out.writeByte(size << HIGH | type);
    } else {
      out.writeByte(LONG_LIST << HIGH | type);
      out.writeVarint(size);
    }
  }

  @Override
  public void setBegin(int elementType, int size) {
    listBegin(elementType, size);
  }

  @Override
  public void mapBegin(int keyType, int valueType, int size) {
    out.writeVarint(size);
    if (size > 0) {
      out.writeByte(CompactType.of(keyType) << HIGH | CompactType.of(valueType));
    }
  }

  // ---- values

  /// Writes a bool that is not a field.
  @Override
  public void bool(boolean value) {
    out.writeByte(value ? CompactType.TRUE : CompactType.FALSE);
  }

  @Override
  public void i16(short value) {
    i32(value);
  }

  @Override
  public void i32(int value) {
    int zigzag = value << 1 ^ value >> Integer.SIZE - 1;
    out.writeVarint(Integer.toUnsignedLong(zigzag));
  }

  @Override
  public void i64(long value) {
    out.writeVarint(value << 1 ^ value >> Long.SIZE - 1);
  }

  @Override
  public void f64(double value) {
    out.writeLong(Long.reverseBytes(Double.doubleToRawLongBits(value)));
  }

  @Override
  public void string(String value) {
    sized(value.getBytes(UTF_8));
  }

  @Override
  public void binary(Binary value) {
    sized(value.bytes());
  }

  private void sized(byte[] bytes) {
    out.writeVarint(bytes.length);
    out.writeBytes(bytes, 0, bytes.length);
  }

  @Override
  public void unknown(UnknownFields fields) {
    if (fields.isEmpty()) {
      return;
    }
    try (var kept = LinkBuffer.wrap(Arrays.copyOf(fields.bytes(), fields.size()))) {
      var in = new BinaryReader(kept);
      in.nest();
      while (in.bytesLeft() > 0) {
        ValueCopier.copyField(in.fieldHeader(), in, this);
      }
    }
  }
}
