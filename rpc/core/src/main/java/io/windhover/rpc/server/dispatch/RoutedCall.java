package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.server.dispatch.Router.Route;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.ServedCall;
import java.util.function.ToIntFunction;

/// A call of a transport of others.
final class RoutedCall extends Routed implements ServedCall {

  private final Route route;
  private final int bytes;

  RoutedCall(RoutedCalls calls, Route route, Invocation invocation, int bytes) {
    super(calls, invocation);
    this.route = route;
    this.bytes = bytes;
  }

  @Override
  public Method<?> method() {
    return route.method();
  }

  @Override
  public void run(Object request, ToIntFunction<CallEnding> reply) {
    takePlace();
    var path = calls().path();
    CallEnding ending;
    try {
      ending = path.run(route, invocation(), bytes, request, slot());
    } finally {
      path.leave(); // before the client knows, and may call again
    }
    end(ending, reply);
  }

  @Override
  void giveBack() {
    calls().giveBack(bytes);
  }
}
