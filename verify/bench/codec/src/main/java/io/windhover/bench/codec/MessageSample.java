package io.windhover.bench.codec;

import com.google.protobuf.MessageLite;
import io.windhover.protobuf.ProtoCodec;
import java.util.function.IntFunction;

/// Messages of a `.proto` file, in the classes that Windhover generates and in those of protoc.
///
/// @param <T> our class
/// @param ours makes one of the messages: for each number there is another
/// @param protobufs makes the same of protobuf-java
record MessageSample<T>(
    ProtoCodec<T> codec, IntFunction<T> ours, IntFunction<? extends MessageLite> protobufs) {}
