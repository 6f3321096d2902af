package io.windhover.thrift.call;

import io.windhover.thrift.ThriftException;
import io.windhover.thrift.ThriftWriter;
import io.windhover.thrift.ValueCodec;
import org.jspecify.annotations.Nullable;

/// One way in which a method can end: by the value that it returns or by an exception that the IDL
/// declares.
///
/// @param exception null for the value
record Outcome(
    int id,
    String name,
    @Nullable Class<? extends ThriftException> exception,
    ValueCodec<?> codec) {

  static final int SUCCESS_ID = 0;

  /// Writes the field of the result that is set.
  @SuppressWarnings("unchecked") // a stranger's value ends in a ClassCastException
  void write(Object value, ThriftWriter out) {
    ((ValueCodec<Object>) codec).writeField(id, value, out);
  }
}
