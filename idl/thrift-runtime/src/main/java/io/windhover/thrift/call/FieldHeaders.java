package io.windhover.thrift.call;

import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ValueCodec;
import java.util.List;

/// Finds the codec for a field by its header, as a reader gives it.
final class FieldHeaders {

  private FieldHeaders() {}

  static int of(int id, ValueCodec<?> codec) {
    return ThriftReader.fieldHeader(id, codec.type());
  }

  /// Returns where a header is; -1 if it is not there. Methods have few arguments.
  static int indexOf(int header, int[] headers) {
    for (int i = 0; i < headers.length; i++) {
      if (headers[i] == header) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // each meets values of its own type only
  static ValueCodec<Object>[] codecs(List<? extends ValueCodec<?>> codecs) {
    return (ValueCodec<Object>[]) codecs.toArray(new ValueCodec[0]);
  }
}
