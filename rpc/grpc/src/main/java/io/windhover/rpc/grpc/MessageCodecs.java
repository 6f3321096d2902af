package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.call.CallCodec;

/// How the messages of a method are read and written, whatever they are. Of Thrift they are bare
/// structs, in its binary protocol: those around arguments and result for a call, the messages
/// themselves for a stream.
final class MessageCodecs {

  private MessageCodecs() {}

  /// Of what the client sends.
  ///
  /// @param method that [ContentType#of] knows
  @SuppressWarnings("unchecked") // endpoints get and return what the method's codec has
  static MessageCodec<Object> request(Method<?> method) {
    return method.codec() instanceof MessageCall<?, ?> call
        ? (MessageCodec<Object>) call.request()
        : new OfThrift(((CallCodec) method.codec()).request());
  }

  /// Of what the server sends.
  @SuppressWarnings("unchecked") // as above
  static MessageCodec<Object> response(Method<?> method) {
    return method.codec() instanceof MessageCall<?, ?> call
        ? (MessageCodec<Object>) call.response()
        : new OfThrift(((CallCodec) method.codec()).response());
  }

  private record OfThrift(StructCodec<Object> struct) implements MessageCodec<Object> {

    @Override
    public Object read(LinkBuffer in, ObjectBudget objects) {
      return struct.read(new BinaryReader(in, objects));
    }

    @Override
    public void write(Object message, LinkBuffer out) {
      struct.write(message, new BinaryWriter(out));
    }
  }
}
