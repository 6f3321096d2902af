package io.windhover.rpc.server;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Service;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.util.List;

/// Paths of calls, for tests that have no server.
final class TestPath {

  private TestPath() {}

  /// A server without any options.
  static Router router(Service... services) {
    return new Router(new Routing(List.of(services), null, false, null, List.of(), List.of()));
  }

  /// One without a limit, and with nobody to tell.
  static CallPath of(CallRunner runner, Service... services) {
    return of(new CallLimit(CallLimit.UNLIMITED), runner, CallListener.NONE, services);
  }

  static CallPath of(
      CallLimit limit, CallRunner runner, CallListener listener, Service... services) {
    return new CallPath(router(services), TimeoutPolicy.AS_ASKED, limit, runner, listener);
  }

  static Dispatcher dispatcher(WireLimits limits, CallRunner runner, Service... services) {
    var replies = new ReplyWriter(limits, WireFormats.PLAIN, PayloadForm.PLAIN, () -> false);
    return new Dispatcher(of(runner, services), replies, new RequestObjects(0), null);
  }

  /// Runs calls without an end to their time.
  static CallRunner runner() {
    return new CallRunner(_ -> {}, new HandlerFailures(false, null));
  }
}
