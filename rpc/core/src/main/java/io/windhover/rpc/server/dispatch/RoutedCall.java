package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.server.dispatch.Router.Route;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.ServedCall;
import io.windhover.thrift.ObjectBudget;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;

/// A call of a transport of others, with its place among those that run and what its request is
/// charged with.
final class RoutedCall implements ServedCall {

  private final RoutedCalls calls;
  private final Route route;
  private final Invocation invocation;
  private final int bytes;
  private final CallSlot slot = new CallSlot();
  private final RequestShare objects;
  private final AtomicBoolean counted = new AtomicBoolean(true); // among the calls that run
  private final AtomicBoolean closed = new AtomicBoolean();

  RoutedCall(RoutedCalls calls, Route route, Invocation invocation, int bytes) {
    this.calls = calls;
    this.route = route;
    this.invocation = invocation;
    this.bytes = bytes;
    this.objects = new RequestShare(calls.objects());
  }

  @Override
  public Method<?> method() {
    return route.method();
  }

  @Override
  public Invocation invocation() {
    return invocation;
  }

  @Override
  public ObjectBudget objects() {
    return objects;
  }

  @Override
  public void run(Object request, ToIntFunction<CallEnding> reply) {
    if (!counted.get()) {
      throw new IllegalStateException(invocation.name() + " has run, or is closed");
    }
    var ending = calls.path().run(route, invocation, bytes, request, slot);
    leave();
    var listener = calls.path().listener();
    var failure = ending.failure();
    try {
      int sent = reply.applyAsInt(ending);
      if (sent > 0) {
        listener.sent(invocation, sent);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      listener.ended(invocation, failure);
    }
  }

  private void leave() {
    if (counted.compareAndSet(true, false)) {
      calls.path().leave();
    }
  }

  @Override
  public void cancel() {
    slot.close();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      leave();
      calls.giveBack(bytes);
      objects.giveBack();
    }
  }
}
