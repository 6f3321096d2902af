package io.windhover.examples.greeter;

import com.google.protobuf.StringValue;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.protobuf.ProtobufCodec;
import java.util.List;

/// What the methods of [GreeterService] take and return.
final class GreeterCalls {
  static final Method<MessageCall<StringValue, StringValue>> GREET =
      new Method<>(
          "Greet", // as in the .proto file, and so on the wire
          Method.Kind.UNARY,
          new MessageCall<>(
              ProtobufCodec.of(StringValue.getDefaultInstance()),
              ProtobufCodec.of(StringValue.getDefaultInstance())),
          "acme.greeter"); // package of the .proto file, for gRPC

  private GreeterCalls() {}

  static List<Operation> operations(GreeterService handler) {
    return List.of(MessageCall.operation(GREET, handler::greet));
  }
}
