package io.windhover.thrift;

import java.util.UUID;

/// The codecs of values that are neither structs nor containers.
public final class Scalars {

  public static final ValueCodec<Boolean> BOOL = new Bool();

  public static final ValueCodec<Byte> I8 =
      ValueCodec.of(ThriftType.I8, (byte) 0, ThriftReader::i8, (value, out) -> out.i8(value));

  public static final ValueCodec<Short> I16 =
      ValueCodec.of(ThriftType.I16, (short) 0, ThriftReader::i16, (value, out) -> out.i16(value));

  public static final ValueCodec<Integer> I32 =
      ValueCodec.of(ThriftType.I32, 0, ThriftReader::i32, (value, out) -> out.i32(value));

  public static final ValueCodec<Long> I64 =
      ValueCodec.of(ThriftType.I64, 0L, ThriftReader::i64, (value, out) -> out.i64(value));

  public static final ValueCodec<Double> DOUBLE =
      ValueCodec.of(ThriftType.DOUBLE, 0.0, ThriftReader::f64, (value, out) -> out.f64(value));

  public static final ValueCodec<String> STRING =
      ValueCodec.of(ThriftType.STRING, "", ThriftReader::string, (value, out) -> out.string(value));

  public static final ValueCodec<Binary> BINARY =
      ValueCodec.of(
          ThriftType.STRING, Binary.EMPTY, ThriftReader::binary, (value, out) -> out.binary(value));

  public static final ValueCodec<UUID> UUID =
      ValueCodec.of(ThriftType.UUID, null, ThriftReader::uuid, (value, out) -> out.uuid(value));

  private Scalars() {}

  /// The compact protocol has the value of a bool field in its header.
  private static final class Bool implements ValueCodec<Boolean> {

    @Override
    public int type() {
      return ThriftType.BOOL;
    }

    @Override
    public Boolean read(ThriftReader in) {
      return in.bool();
    }

    @Override
    public void write(Boolean value, ThriftWriter out) {
      out.bool(value);
    }

    @Override
    public void writeField(int id, Boolean value, ThriftWriter out) {
      out.boolField(id, value);
    }

    @Override
    public Boolean zero() {
      return false;
    }
  }
}
