package io.windhover.rpc.server;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Service;
import io.windhover.rpc.stream.StreamHandlers;

/// What a server has for streams, for tests that have no server.
public final class TestStreamHandlers {

  private TestStreamHandlers() {}

  @SuppressWarnings("exports") // no module has tests
  public static StreamHandlers of(Service service) {
    var runner = new CallRunner(_ -> {}, new HandlerFailures(false, null));
    return new StreamDispatcher(
        new Router(Routing.of(service)),
        new CallLimit(CallLimit.UNLIMITED),
        runner,
        CallListener.NONE);
  }
}
