package io.windhover.thrift;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.buffer.LinkBuffer;
import java.util.UUID;

/// Writes the strict binary protocol.
public final class BinaryWriter extends ThriftWriter {

  private static final int ID_MASK = 0xffff;
  private static final int ID_BITS = 16;
  private static final int FIELD_HEADER_BYTES = 3;

  public BinaryWriter(LinkBuffer out) {
    super(out);
  }

  // ---- fields

  @Override
  public void field(int type, int id) {
    out.writeBits(header(type, id), FIELD_HEADER_BYTES);
  }

  @Override
  public void boolField(int id, boolean value) {
    i8Field(ThriftType.BOOL, id, value ? 1 : 0);
  }

  @Override
  public void i8Field(int id, byte value) {
    i8Field(ThriftType.I8, id, Byte.toUnsignedInt(value));
  }

  private void i8Field(int type, int id, int value) {
    out.writeBits(header(type, id) << Byte.SIZE | value, FIELD_HEADER_BYTES + Byte.BYTES);
  }

  @Override
  public void i16Field(int id, short value) {
    long bits = header(ThriftType.I16, id) << Short.SIZE | Short.toUnsignedLong(value);
    out.writeBits(bits, FIELD_HEADER_BYTES + Short.BYTES);
  }

  @Override
  public void i32Field(int id, int value) {
    long bits = header(ThriftType.I32, id) << Integer.SIZE | Integer.toUnsignedLong(value);
    out.writeBits(bits, FIELD_HEADER_BYTES + Integer.BYTES);
  }

  @Override
  public void i64Field(int id, long value) {
    out.writeBits(header(ThriftType.I64, id), FIELD_HEADER_BYTES, value);
  }

  @Override
  public void f64Field(int id, double value) {
    out.writeBits(
        header(ThriftType.DOUBLE, id), FIELD_HEADER_BYTES, Double.doubleToRawLongBits(value));
  }

  @Override
  public void stringField(int id, String value) {
    sizedField(id, value.getBytes(UTF_8));
  }

  @Override
  public void binaryField(int id, Binary value) {
    sizedField(id, value.bytes());
  }

  private void sizedField(int id, byte[] bytes) {
    long bits = header(ThriftType.STRING, id) << Integer.SIZE | bytes.length;
    out.writeBits(bits, FIELD_HEADER_BYTES + Integer.BYTES);
    out.writeBytes(bytes, 0, bytes.length);
  }

  @Override
  public void uuidField(int id, UUID value) {
    field(ThriftType.UUID, id);
    uuid(value);
  }

  private static long header(int type, int id) {
    return (long) type << ID_BITS | (id & ID_MASK);
  }

  // ---- containers

  @Override
  public void listBegin(int elementType, int size) {
    out.writeBits((long) elementType << Integer.SIZE | size, Byte.BYTES + Integer.BYTES);
  }

  @Override
  public void setBegin(int elementType, int size) {
    listBegin(elementType, size);
  }

  @Override
  public void mapBegin(int keyType, int valueType, int size) {
    long types = (long) keyType << Byte.SIZE | valueType;
    out.writeBits(types << Integer.SIZE | size, Short.BYTES + Integer.BYTES);
  }

  // ---- values

  @Override
  public void bool(boolean value) {
    out.writeByte(value ? 1 : 0);
  }

  @Override
  public void i16(short value) {
    out.writeShort(value);
  }

  @Override
  public void i32(int value) {
    out.writeInt(value);
  }

  @Override
  public void i64(long value) {
    out.writeLong(value);
  }

  @Override
  public void f64(double value) {
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  @Override
  public void string(String value) {
    out.writeSizedUtf8(value);
  }

  @Override
  public void binary(Binary value) {
    byte[] bytes = value.bytes();
    out.writeInt(bytes.length);
    out.writeBytes(bytes, 0, bytes.length);
  }

  @Override
  public void unknown(UnknownFields fields) {
    out.writeBytes(fields.bytes(), 0, fields.size());
  }
}
