package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Service;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.util.List;

/// Paths of calls, for tests that have no server.
@SuppressWarnings("exports") // no module has tests
public final class TestPath {

  private TestPath() {}

  /// A server without any options.
  public static Router router(Service... services) {
    return new Router(new Routing(List.of(services), null, false, null, List.of(), List.of()));
  }

  /// One without a limit, and with nobody to tell.
  public static CallPath of(CallRunner runner, Service... services) {
    return of(new CallLimit(CallLimit.UNLIMITED), runner, CallListener.NONE, services);
  }

  public static CallPath of(
      CallLimit limit, CallRunner runner, CallListener listener, Service... services) {
    return new CallPath(router(services), TimeoutPolicy.AS_ASKED, limit, runner, listener);
  }

  public static Dispatcher dispatcher(WireLimits limits, CallRunner runner, Service... services) {
    var replies = new ReplyWriter(limits, WireFormats.PLAIN, PayloadForm.PLAIN, () -> false);
    return new Dispatcher(of(runner, services), replies, new RequestObjects(0), null);
  }

  /// Runs calls without an end to their time.
  public static CallRunner runner() {
    return new CallRunner(_ -> {}, new HandlerFailures(false, null));
  }
}
