package io.windhover.interop;

import com.google.protobuf.Message;
import io.windhover.interop.echoes.Failure;
import io.windhover.interop.echoes.Nothing;
import io.windhover.interop.echoes.Order;
import io.windhover.interop.echoes.Seen;
import io.windhover.interop.echoes.Text;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.protobuf.ProtobufCodec;

/// The methods of the service Flows in echoes.proto.
final class FlowsCalls {
  static final String NAME = "interop.echoes.Flows";

  private static final Nothing NOTHING = Nothing.getDefaultInstance();
  private static final Text TEXT = Text.getDefaultInstance();

  static final Method<MessageCall<Nothing, Seen>> LOOK =
      new Method<>("Look", false, call(NOTHING, Seen.getDefaultInstance()));
  static final Method<MessageCall<Failure, Nothing>> REFUSE =
      new Method<>("Refuse", false, call(Failure.getDefaultInstance(), NOTHING));
  static final Method<MessageCall<Nothing, Nothing>> WAIT =
      new Method<>("Wait", false, call(NOTHING, NOTHING));
  static final Method<MessageCall<Nothing, Text>> TIDINGS =
      new Method<>("Tidings", false, call(NOTHING, TEXT));
  static final Method<MessageCall<Text, Text>> GATHER =
      new Method<>("Gather", Method.Kind.CLIENT_STREAM, call(TEXT, TEXT));
  static final Method<MessageCall<Order, Text>> SCATTER =
      new Method<>("Scatter", Method.Kind.SERVER_STREAM, call(Order.getDefaultInstance(), TEXT));
  static final Method<MessageCall<Text, Text>> CHAT =
      new Method<>("Chat", Method.Kind.BIDI_STREAM, call(TEXT, TEXT));

  private FlowsCalls() {}

  private static <Q extends Message, R extends Message> MessageCall<Q, R> call(Q request, R reply) {
    return new MessageCall<>(ProtobufCodec.of(request), ProtobufCodec.of(reply));
  }
}
