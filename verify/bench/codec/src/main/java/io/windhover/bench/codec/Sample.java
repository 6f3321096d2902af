package io.windhover.bench.codec;

import com.google.protobuf.MessageLite;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import java.util.function.Supplier;
import org.apache.thrift.TSerializable;

/// One value in the classes of each library.
///
/// @param <T> our class
/// @param emptyApache makes what Apache's code reads into
record Sample<T>(
    StructCodec<T> codec,
    T ours,
    Supplier<? extends TSerializable> emptyApache,
    TSerializable apaches,
    MessageLite protobufs) {

  void write(ThriftWriter out) {
    codec.write(ours, out);
  }

  T read(ThriftReader in) {
    return codec.read(in);
  }
}
