package io.windhover.rpc.protobuf;

import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.codec.MessageCall;
import java.util.List;

/// What the methods of [EchoService] take and return.
final class EchoServiceCalls {
  static final Method<MessageCall<StringValue, StringValue>> ECHO =
      new Method<>(
          "Echo",
          false,
          new MessageCall<>(
              ProtobufCodec.of(StringValue.getDefaultInstance()),
              ProtobufCodec.of(StringValue.getDefaultInstance())));
  static final Method<MessageCall<Struct, Struct>> MERGE =
      new Method<>(
          "Merge",
          false,
          new MessageCall<>(
              ProtobufCodec.of(Struct.getDefaultInstance()),
              ProtobufCodec.of(Struct.getDefaultInstance())));

  private EchoServiceCalls() {}

  static List<Operation> operations(EchoService handler) {
    return List.of(
        MessageCall.operation(ECHO, handler::echo), MessageCall.operation(MERGE, handler::merge));
  }
}
