package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Method;
import io.windhover.rpc.transport.CallHead;
import io.windhover.rpc.transport.ServedCall;
import io.windhover.rpc.transport.ServedStreamCall;
import io.windhover.rpc.transport.ServerCalls;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs the calls of transports of others: what such a transport must not forget is done here.
public final class RoutedCalls implements ServerCalls {

  private final CallPath path;
  private final WireLimits limits;
  private final RequestBudget budget;
  private final RequestObjects objects;
  private final BooleanSupplier stopping;

  public RoutedCalls(
      CallPath path,
      WireLimits limits,
      RequestBudget budget,
      RequestObjects objects,
      BooleanSupplier stopping) {
    this.path = path;
    this.limits = limits;
    this.budget = budget;
    this.objects = objects;
    this.stopping = stopping;
  }

  @Override
  public int maxMessageBytes() {
    return limits.maxMessageBytes();
  }

  @Override
  public boolean isStopping() {
    return stopping.getAsBoolean();
  }

  @Override
  public ServedCall begin(CallHead head) {
    try {
      var route = path.router().find(head.service(), head.method(), false);
      var invocation = path.invocation(route, head);
      var call = new RoutedCall(this, route, invocation, head.bytes());
      enter(head.bytes()); // last: what is taken has its owner
      return call;
    } catch (WireException e) {
      throw e.answer();
    }
  }

  @Override
  public ServedStreamCall open(CallHead head) {
    try {
      var route = path.router().findStream(head.service(), head.method());
      var stream = new RoutedStream(this, route, path.invocation(route, head));
      path.enter(); // last: what is taken has its owner
      return stream;
    } catch (WireException e) {
      throw e.answer();
    }
  }

  @Override
  public Method<?> find(@Nullable String service, String method) {
    try {
      return path.router().method(service, method);
    } catch (WireException e) {
      throw e.answer();
    }
  }

  private void enter(int bytes) {
    path.enter();
    if (!budget.take(bytes)) {
      path.leave();
      throw new WireException(
          ErrorCode.OVERLOADED,
          "no room for a request of %d bytes: those under way hold %d, a quarter of the server's heap"
              .formatted(bytes, budget.heldBytes()));
    }
  }

  CallPath path() {
    return path;
  }

  RequestObjects objects() {
    return objects;
  }

  /// The request of a call of so many bytes is gone.
  void giveBack(int bytes) {
    budget.giveBack(bytes);
  }
}
