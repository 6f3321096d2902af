package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import java.util.UUID;

/// Writes the strict binary protocol to the tail of a buffer.
///
/// Generated code drives it: [#structBegin], then the fields, then [#structEnd]. A field is one
/// call (`i32Field`), or [#field] and the value's own calls. For one message and one thread.
public final class BinaryWriter {

  private static final int ID_MASK = 0xffff;
  private static final int ID_BITS = 16;
  private static final int FIELD_HEADER_BYTES = 3;

  private final LinkBuffer out;
  private int depth;

  public BinaryWriter(LinkBuffer out) {
    this.out = out;
  }

  // ---- structs

  public void structBegin() {
    if (++depth > ValueScanner.MAX_DEPTH) { // peers would not read it
      throw ThriftProtocolException.tooDeep(ValueScanner.MAX_DEPTH);
    }
  }

  /// Writes the stop byte.
  public void structEnd() {
    depth--;
    out.writeByte(ThriftType.STOP);
  }

  // ---- fields

  /// Writes the header of a field, whose value follows.
  public void field(int type, int id) {
    out.writeBits(header(type, id), FIELD_HEADER_BYTES);
  }

  public void boolField(int id, boolean value) {
    i8Field(ThriftType.BOOL, id, value ? 1 : 0);
  }

  public void i8Field(int id, byte value) {
    i8Field(ThriftType.I8, id, Byte.toUnsignedInt(value));
  }

  private void i8Field(int type, int id, int value) {
    out.writeBits(header(type, id) << Byte.SIZE | value, FIELD_HEADER_BYTES + Byte.BYTES);
  }

  public void i16Field(int id, short value) {
    long bits = header(ThriftType.I16, id) << Short.SIZE | Short.toUnsignedLong(value);
    out.writeBits(bits, FIELD_HEADER_BYTES + Short.BYTES);
  }

  public void i32Field(int id, int value) {
    long bits = header(ThriftType.I32, id) << Integer.SIZE | Integer.toUnsignedLong(value);
    out.writeBits(bits, FIELD_HEADER_BYTES + Integer.BYTES);
  }

  public void i64Field(int id, long value) {
    out.writeBits(header(ThriftType.I64, id), FIELD_HEADER_BYTES, value);
  }

  public void f64Field(int id, double value) {
    out.writeBits(
        header(ThriftType.DOUBLE, id), FIELD_HEADER_BYTES, Double.doubleToRawLongBits(value));
  }

  public void stringField(int id, String value) {
    field(ThriftType.STRING, id);
    string(value);
  }

  public void binaryField(int id, Binary value) {
    field(ThriftType.STRING, id);
    binary(value);
  }

  public void uuidField(int id, UUID value) {
    field(ThriftType.UUID, id);
    uuid(value);
  }

  private static long header(int type, int id) {
    return (long) type << ID_BITS | (id & ID_MASK);
  }

  // ---- containers

  public void listBegin(int elementType, int size) {
    out.writeBits((long) elementType << Integer.SIZE | size, Byte.BYTES + Integer.BYTES);
  }

  public void setBegin(int elementType, int size) {
    listBegin(elementType, size);
  }

  public void mapBegin(int keyType, int valueType, int size) {
    long types = (long) keyType << Byte.SIZE | valueType;
    out.writeBits(types << Integer.SIZE | size, Short.BYTES + Integer.BYTES);
  }

  // ---- values

  public void bool(boolean value) {
    out.writeByte(value ? 1 : 0);
  }

  public void i8(byte value) {
    out.writeByte(value);
  }

  public void i16(short value) {
    out.writeShort(value);
  }

  public void i32(int value) {
    out.writeInt(value);
  }

  public void i64(long value) {
    out.writeLong(value);
  }

  public void f64(double value) {
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  public void string(String value) {
    out.writeSizedUtf8(value);
  }

  public void binary(Binary value) {
    byte[] bytes = value.bytes();
    out.writeInt(bytes.length);
    out.writeBytes(bytes, 0, bytes.length);
  }

  public void uuid(UUID value) {
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  /// Writes fields that were kept by [BinaryReader#unknown].
  public void unknown(UnknownFields fields) {
    out.writeBytes(fields.bytes(), 0, fields.size());
  }
}
