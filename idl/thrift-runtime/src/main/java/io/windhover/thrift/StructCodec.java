package io.windhover.thrift;

/// How one type of struct is read and written. Generated, without state, safe for many threads.
///
/// @param <T> the struct, union or exception
public interface StructCodec<T> extends ValueCodec<T> {

  @Override
  default int type() {
    return ThriftType.STRUCT;
  }

  /// Reads one struct, through its stop byte.
  ///
  /// @throws ThriftProtocolException if the bytes are not such a struct
  @Override
  T read(ThriftReader in);

  /// Writes one struct, with its stop byte.
  ///
  /// @throws ThriftProtocolException if a required field is not set, or the structs nest too deeply
  @Override
  void write(T value, ThriftWriter out);
}
