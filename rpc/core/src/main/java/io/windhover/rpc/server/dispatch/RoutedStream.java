package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.stream.StreamRoute;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.ServedStreamCall;
import io.windhover.thrift.ObjectBudget;
import java.util.function.Consumer;

/// A stream of a transport of others.
final class RoutedStream extends Routed implements ServedStreamCall {

  private final StreamRoute route;

  RoutedStream(RoutedCalls calls, StreamRoute route, Invocation invocation) {
    super(calls, invocation);
    this.route = route;
  }

  @Override
  public Method<?> method() {
    return route.method();
  }

  @Override
  public ObjectBudget objects() {
    giveBackObjects();
    return super.objects();
  }

  @Override
  public void sent(int bytes) {
    calls().path().listener().sent(invocation(), bytes);
  }

  @Override
  public void received(int bytes) {
    calls().path().listener().received(invocation(), bytes);
  }

  @Override
  public void run(MessageStream stream, Consumer<CallEnding> end) {
    takePlace(); // the path gives it back
    var ending = calls().path().run(route, invocation(), stream, slot());
    end(
        ending,
        it -> {
          end.accept(it);
          return 0; // the transport tells of each message
        });
  }

  @Override
  void giveBack() {}
}
