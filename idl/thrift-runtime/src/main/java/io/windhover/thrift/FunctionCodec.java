package io.windhover.thrift;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A codec made of two functions.
record FunctionCodec<T>(
    int type,
    @Nullable T zero,
    Function<ThriftReader, @Nullable T> reader,
    BiConsumer<T, ThriftWriter> writer)
    implements ValueCodec<T> {

  @Override
  public @Nullable T read(ThriftReader in) {
    return reader.apply(in);
  }

  @Override
  public void write(T value, ThriftWriter out) {
    writer.accept(value, out);
  }
}
