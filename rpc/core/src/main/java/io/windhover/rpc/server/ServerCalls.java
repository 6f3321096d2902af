package io.windhover.rpc.server;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import java.util.function.BooleanSupplier;

/// What a [Transport] may ask of its server: to find a method and to run a call of it, through the
/// server's middleware, within its deadline and its limits. For any thread.
public final class ServerCalls {

  private final Router router;
  private final WireLimits limits;
  private final TimeoutPolicy timeouts;
  private final CallLimit limit;
  private final CallRunner runner;
  private final RequestBudget budget;
  private final RequestObjects objects;
  private final BooleanSupplier stopping;
  private final CallListener listener;

  ServerCalls(
      Router router,
      WireLimits limits,
      TimeoutPolicy timeouts,
      CallLimit limit,
      CallRunner runner,
      RequestBudget budget,
      RequestObjects objects,
      BooleanSupplier stopping,
      CallListener listener) {
    this.router = router;
    this.limits = limits;
    this.timeouts = timeouts;
    this.limit = limit;
    this.runner = runner;
    this.budget = budget;
    this.objects = objects;
    this.stopping = stopping;
    this.listener = listener;
  }

  /// Returns the most bytes that a message may have; what is larger is to be refused before it is
  /// kept. No frame that the transport cuts may be larger either.
  public int maxMessageBytes() {
    return limits.maxMessageBytes();
  }

  /// Whether the server is about to close its connections, so that replies may say so.
  public boolean isStopping() {
    return stopping.getAsBoolean();
  }

  /// Begins a call whose request is here: finds its method, and sets its deadline, counted from
  /// now. It is to be [closed][ServedCall#close], whether it runs or not.
  ///
  /// Any thread, pollers too: it does not block.
  ///
  /// @throws ApplicationException which the caller is to be told, if there is no such service (20)
  ///   or method (1), or no room for the call ([ApplicationException#OVERLOADED]); there is nothing
  ///   to close then
  public ServedCall begin(CallHead head) {
    try {
      var route = router.find(head.service(), head.method(), false);
      var asked = route.method().oneway() ? null : head.timeout();
      var invocation =
          new Invocation(
              route.service(),
              route.method(),
              timeouts.deadline(asked, TimeSource.SYSTEM),
              head.remoteAddress(),
              head.metadata(),
              head.origin(),
              new ReplyMetadata(),
              CallOptions.NONE);
      var call = new ServedCall(this, route, invocation, head.bytes());
      enter(head.bytes()); // last: what is taken has its owner
      return call;
    } catch (WireException e) {
      throw e.code().because(e.getMessage());
    }
  }

  private void enter(int bytes) {
    limit.enter();
    if (!budget.take(bytes)) {
      limit.leave();
      throw new WireException(
          ErrorCode.OVERLOADED,
          "no room for a request of %d bytes: those under way hold %d, a quarter of the server's heap"
              .formatted(bytes, budget.heldBytes()));
    }
  }

  CallRunner runner() {
    return runner;
  }

  RequestObjects objects() {
    return objects;
  }

  CallListener listener() {
    return listener;
  }

  /// A call runs no more.
  void leave() {
    limit.leave();
  }

  /// The request of a call of so many bytes is gone.
  void giveBack(int bytes) {
    budget.giveBack(bytes);
  }
}
