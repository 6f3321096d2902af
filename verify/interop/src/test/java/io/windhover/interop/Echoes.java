package io.windhover.interop;

import io.windhover.interop.echoes.Failure;
import io.windhover.interop.echoes.Nothing;
import io.windhover.interop.echoes.Order;
import io.windhover.interop.echoes.Text;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Service;
import io.windhover.rpc.codec.MessageCall;

/// The service of echoes.proto, as a generated stub would look.
interface Echoes {
  Order echoOrder(Order request);

  Nothing nop(Nothing request);

  Text grow(Order request);

  Text fail(Failure request);

  Text tell(Text request);

  /// As Kitex Protobuf has it; gRPC says the package before it.
  String NAME = "Echoes";

  static Echoes on(Caller caller) {
    return new Stub(NAME, caller);
  }

  static Service serve(Echoes handler) {
    return new Service(NAME, EchoesCalls.operations(handler));
  }

  /// Calls through a client.
  record Stub(String service, Caller caller) implements Echoes {
    @Override
    public Order echoOrder(Order request) {
      return MessageCall.call(caller, service, EchoesCalls.ECHO_ORDER, request);
    }

    @Override
    public Nothing nop(Nothing request) {
      return MessageCall.call(caller, service, EchoesCalls.NOP, request);
    }

    @Override
    public Text grow(Order request) {
      return MessageCall.call(caller, service, EchoesCalls.GROW, request);
    }

    @Override
    public Text fail(Failure request) {
      return MessageCall.call(caller, service, EchoesCalls.FAIL, request);
    }

    @Override
    public Text tell(Text request) {
      return MessageCall.call(caller, service, EchoesCalls.TELL, request);
    }
  }
}
