package io.windhover.bench.codec;

import com.google.protobuf.MessageLite;
import io.windhover.protobuf.ProtoCodec;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.proto.GeneratedCodec;
import io.windhover.rpc.protobuf.ProtobufCodec;
import java.util.function.IntFunction;

/// Messages of a `.proto` file, in the classes that Windhover generates and in those of protoc.
///
/// @param <T> our class
/// @param <P> that of protobuf-java
/// @param ours makes one of the messages: for each number there is another
/// @param protobufs makes the same of protobuf-java
record MessageSample<T, P extends MessageLite>(
    ProtoCodec<T> codec, IntFunction<T> ours, IntFunction<P> protobufs) {

  /// How a call writes and reads ours.
  MessageCodec<T> call() {
    return GeneratedCodec.of(codec);
  }

  /// How a call writes and reads those of protobuf-java.
  MessageCodec<P> protobufCall() {
    return ProtobufCodec.of(protobufs.apply(1));
  }
}
