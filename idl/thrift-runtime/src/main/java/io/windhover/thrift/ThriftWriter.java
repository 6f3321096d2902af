package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import java.util.List;
import java.util.UUID;

/// Writes structs to the tail of a buffer, in one of the protocols.
///
/// Generated code drives it: [#structBegin], then the fields, then [#structEnd]. A field is one
/// call (`i32Field`), or [#field] and the value's own calls. For one message and one thread.
public abstract sealed class ThriftWriter permits BinaryWriter, CompactWriter {

  final LinkBuffer out;
  private int depth;

  ThriftWriter(LinkBuffer out) {
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

  /// Returns how many structs are begun and not ended.
  final int depth() {
    return depth;
  }

  // ---- fields

  /// Writes the header of a field, whose value follows.
  ///
  /// @param type any but BOOL, for which there is [#boolField]
  public abstract void field(int type, int id);

  public abstract void boolField(int id, boolean value);

  public abstract void i8Field(int id, byte value);

  public abstract void i16Field(int id, short value);

  public abstract void i32Field(int id, int value);

  public abstract void i64Field(int id, long value);

  public abstract void f64Field(int id, double value);

  public abstract void stringField(int id, String value);

  public abstract void binaryField(int id, Binary value);

  public abstract void uuidField(int id, UUID value);

  // ---- containers

  public abstract void listBegin(int elementType, int size);

  public abstract void setBegin(int elementType, int size);

  public abstract void mapBegin(int keyType, int valueType, int size);

  // ---- values

  public abstract void bool(boolean value);

  public final void i8(byte value) {
    out.writeByte(value);
  }

  public abstract void i16(short value);

  public abstract void i32(int value);

  public abstract void i64(long value);

  public abstract void f64(double value);

  public abstract void string(String value);

  public abstract void binary(Binary value);

  public final void uuid(UUID value) {
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  public final void i32List(List<Integer> list) {
    NumberLists.writeI32(list, this);
  }

  public final void i64List(List<Long> list) {
    NumberLists.writeI64(list, this);
  }

  public final void f64List(List<Double> list) {
    NumberLists.writeF64(list, this);
  }

  /// Writes fields that were kept by [ThriftReader#unknown].
  public abstract void unknown(UnknownFields fields);
}
