package io.windhover.bench.codec;

import com.google.protobuf.MessageLite;
import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.StructCodec;
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

  void write(LinkBuffer out) {
    codec.write(ours, new BinaryWriter(out));
  }

  T read(LinkBuffer in) {
    return codec.read(new BinaryReader(in));
  }
}
