package io.windhover.thrift;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How values of one type are read and written where no struct's own code does it: as an argument
/// or as the result of a method. Without state, safe for many threads.
///
/// @param <T> the type in Java, boxed
public interface ValueCodec<T> {

  /// Returns the code of the type, one of [ThriftType].
  int type();

  /// Reads one value.
  ///
  /// @return null for a container with elements of another type than expected, which is skipped
  /// @throws ThriftProtocolException if the bytes are not such a value
  @Nullable T read(ThriftReader in);

  /// Writes one value.
  ///
  /// @throws ThriftProtocolException if it cannot be written, such as a struct that lacks a field
  void write(T value, ThriftWriter out);

  /// Writes the header of a field and its value.
  default void writeField(int id, T value, ThriftWriter out) {
    out.field(type(), id);
    write(value, out);
  }

  /// Returns what stands for a value that is absent; null if nothing does.
  default @Nullable T zero() {
    return null;
  }

  /// Returns a codec made of two functions.
  ///
  /// @param zero what stands for a value that is absent
  /// @param reader may return null, see [#read]
  static <T> ValueCodec<T> of(
      int type,
      @Nullable T zero,
      Function<ThriftReader, @Nullable T> reader,
      BiConsumer<T, ThriftWriter> writer) {
    return new FunctionCodec<>(type, zero, reader, writer);
  }
}
