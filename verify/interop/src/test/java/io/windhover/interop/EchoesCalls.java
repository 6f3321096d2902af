package io.windhover.interop;

import io.windhover.interop.echoes.Failure;
import io.windhover.interop.echoes.Nothing;
import io.windhover.interop.echoes.Order;
import io.windhover.interop.echoes.Text;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.protobuf.ProtobufCodec;
import java.util.List;

/// What the methods of [Echoes] take and return.
final class EchoesCalls {
  private static final MessageCodec<Order> ORDER = ProtobufCodec.of(Order.getDefaultInstance());
  private static final MessageCodec<Nothing> NOTHING =
      ProtobufCodec.of(Nothing.getDefaultInstance());
  private static final MessageCodec<Failure> FAILURE =
      ProtobufCodec.of(Failure.getDefaultInstance());
  private static final MessageCodec<Text> TEXT = ProtobufCodec.of(Text.getDefaultInstance());

  static final Method<MessageCall<Order, Order>> ECHO_ORDER =
      method("echoOrder", new MessageCall<>(ORDER, ORDER));
  static final Method<MessageCall<Nothing, Nothing>> NOP =
      method("Nop", new MessageCall<>(NOTHING, NOTHING));
  static final Method<MessageCall<Order, Text>> GROW =
      method("Grow", new MessageCall<>(ORDER, TEXT));
  static final Method<MessageCall<Failure, Text>> FAIL =
      method("Fail", new MessageCall<>(FAILURE, TEXT));
  static final Method<MessageCall<Text, Text>> TELL = method("Tell", new MessageCall<>(TEXT, TEXT));

  /// Of the service that no server has.
  static final Method<MessageCall<Nothing, Nothing>> VANISH = method("Vanish", NOP.codec());

  private EchoesCalls() {}

  private static <C> Method<C> method(String name, C codec) {
    return new Method<>(name, Method.Kind.UNARY, codec, "interop.echoes");
  }

  static List<Operation> operations(Echoes handler) {
    return List.of(
        MessageCall.operation(ECHO_ORDER, handler::echoOrder),
        MessageCall.operation(NOP, handler::nop),
        MessageCall.operation(GROW, handler::grow),
        MessageCall.operation(FAIL, handler::fail),
        MessageCall.operation(TELL, handler::tell));
  }
}
