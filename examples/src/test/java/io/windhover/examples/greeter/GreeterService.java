package io.windhover.examples.greeter;

import com.google.protobuf.StringValue;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Service;
import io.windhover.rpc.codec.MessageCall;

/// A service in Protobuf whose stub is written by hand.
public interface GreeterService {
  StringValue greet(StringValue name);

  static GreeterService on(Caller caller) {
    return name -> MessageCall.call(caller, "Greeter", GreeterCalls.GREET, name);
  }

  static Service serve(GreeterService handler) {
    return new Service("Greeter", GreeterCalls.operations(handler));
  }
}
