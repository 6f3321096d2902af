package io.windhover.rpc.protobuf;

import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Service;
import io.windhover.rpc.codec.MessageCall;
import java.util.Objects;

/// What stubs from a `.proto` file look like.
interface EchoService {

  StringValue echo(StringValue request);

  Struct merge(Struct request);

  static EchoService on(Caller caller) {
    return new Stub("EchoService", caller);
  }

  static Service serve(EchoService handler) {
    return new Service("EchoService", EchoServiceCalls.operations(handler));
  }

  /// Calls through a client.
  final class Stub implements EchoService {
    private final String service;
    private final Caller caller;

    Stub(String service, Caller caller) {
      this.service = Objects.requireNonNull(service, "service");
      this.caller = Objects.requireNonNull(caller, "caller");
    }

    @Override
    public StringValue echo(StringValue request) {
      return MessageCall.call(caller, service, EchoServiceCalls.ECHO, request);
    }

    @Override
    public Struct merge(Struct request) {
      return MessageCall.call(caller, service, EchoServiceCalls.MERGE, request);
    }
  }
}
