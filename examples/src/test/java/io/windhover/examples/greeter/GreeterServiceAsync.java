package io.windhover.examples.greeter;

import com.google.protobuf.StringValue;
import io.windhover.rpc.AsyncCalls;
import io.windhover.rpc.Caller;
import java.util.concurrent.CompletionStage;

/// [GreeterService] for callers that go on while a call is under way.
public interface GreeterServiceAsync {
  CompletionStage<StringValue> greet(StringValue name);

  static GreeterServiceAsync on(Caller caller) {
    var service = GreeterService.on(caller);
    return name -> AsyncCalls.call(() -> service.greet(name));
  }
}
