package io.windhover.protobuf;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The type of the keys or values of a map.
///
/// @param <T> the type in Java
public final class ValueType<T> {

  public static final ValueType<Integer> INT32 =
      scalar(WireType.VARINT, 0, ProtoReader::int32, (n, v, out) -> out.int32(n, v));
  public static final ValueType<Integer> UINT32 =
      scalar(WireType.VARINT, 0, ProtoReader::int32, (n, v, out) -> out.uint32(n, v));
  public static final ValueType<Integer> SINT32 =
      scalar(WireType.VARINT, 0, ProtoReader::sint32, (n, v, out) -> out.sint32(n, v));

  /// Of `fixed32` and `sfixed32`.
  public static final ValueType<Integer> FIXED32 =
      scalar(WireType.FIXED32, 0, ProtoReader::fixed32, (n, v, out) -> out.fixed32(n, v));

  /// Of `int64` and `uint64`.
  public static final ValueType<Long> INT64 =
      scalar(WireType.VARINT, 0L, ProtoReader::int64, (n, v, out) -> out.int64(n, v));

  public static final ValueType<Long> SINT64 =
      scalar(WireType.VARINT, 0L, ProtoReader::sint64, (n, v, out) -> out.sint64(n, v));

  /// Of `fixed64` and `sfixed64`.
  public static final ValueType<Long> FIXED64 =
      scalar(WireType.FIXED64, 0L, ProtoReader::fixed64, (n, v, out) -> out.fixed64(n, v));

  public static final ValueType<Float> FLOAT =
      scalar(WireType.FIXED32, 0f, ProtoReader::floatValue, (n, v, out) -> out.floatValue(n, v));
  public static final ValueType<Double> DOUBLE =
      scalar(WireType.FIXED64, 0d, ProtoReader::doubleValue, (n, v, out) -> out.doubleValue(n, v));
  public static final ValueType<Boolean> BOOL =
      scalar(WireType.VARINT, false, ProtoReader::bool, (n, v, out) -> out.bool(n, v));
  public static final ValueType<String> STRING =
      scalar(WireType.BYTES, "", ProtoReader::string, (n, v, out) -> out.string(n, v));

  public static final ValueType<Bytes> BYTES =
      scalar(WireType.BYTES, Bytes.EMPTY, ProtoReader::bytes, (n, v, out) -> out.bytes(n, v));

  private final int wireType;
  private final Absent<T> absent;
  private final Reading<T> reading;
  private final Writing<T> writing;

  private ValueType(int wireType, Absent<T> absent, Reading<T> reading, Writing<T> writing) {
    this.wireType = wireType;
    this.absent = absent;
    this.reading = reading;
    this.writing = writing;
  }

  private interface Absent<T> {
    T value(ProtoReader in);
  }

  private interface Reading<T> {
    @Nullable T read(ProtoReader in, @Nullable T before);
  }

  private interface Writing<T> {
    void write(int number, T value, ProtoWriter out);
  }

  private static <T> ValueType<T> scalar(
      int wireType, T absent, Function<ProtoReader, T> reading, Writing<T> writing) {
    return new ValueType<>(wireType, _ -> absent, (in, _) -> reading.apply(in), writing);
  }

  /// @param absent the value of an entry without any
  public static <E extends ProtoEnum> ValueType<E> of(EnumType<E> type, E absent) {
    return new ValueType<>(
        WireType.VARINT,
        _ -> absent,
        (in, _) -> type.find(in.int32()),
        (number, value, out) -> out.enumValue(number, value));
  }

  /// @param codec asked for only when there is a value: the classes of messages that hold each
  ///   other could not be initialized otherwise
  public static <M> ValueType<M> message(Supplier<? extends ProtoCodec<M>> codec) {
    return new ValueType<>(
        WireType.BYTES,
        in -> in.emptyMessage(codec.get()),
        (in, before) -> in.message(codec.get(), before),
        (number, value, out) -> out.message(number, codec.get(), value));
  }

  int wireType() {
    return wireType;
  }

  /// Returns the value of an entry that has none.
  ///
  /// @param in at the end of the entry
  T absent(ProtoReader in) {
    return absent.value(in);
  }

  /// @param before what the entry has so far
  /// @return null if a closed enum has no value of the number
  @Nullable T read(ProtoReader in, @Nullable T before) {
    return reading.read(in, before);
  }

  void write(int number, T value, ProtoWriter out) {
    writing.write(number, value, out);
  }
}
