package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Service;
import io.windhover.rpc.stream.StreamHandlers;

/// What a server has for streams, for tests that have no server.
public final class TestStreamHandlers {

  private TestStreamHandlers() {}

  @SuppressWarnings("exports") // no module has tests
  public static StreamHandlers of(Service service) {
    return new StreamDispatcher(TestPath.of(TestPath.runner(), service));
  }
}
