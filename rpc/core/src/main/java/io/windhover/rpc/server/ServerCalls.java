package io.windhover.rpc.server;

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
  /// @throws CallRefusedException if there is no such service or method, the requests under way
  ///   hold as much as they may, or as many calls run as may
  public ServedCall begin(CallHead head) {
    try {
      var route = router.find(head.service(), head.method(), false);
      if (!budget.take(head.bytes())) {
        throw new WireException(
            ErrorCode.INTERNAL_ERROR,
            "no room for a request of %d bytes: those under way hold %d, a quarter of the server's heap"
                .formatted(head.bytes(), budget.heldBytes()));
      }
      enterLimit(head.bytes());
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
      return new ServedCall(this, route, invocation, head.bytes());
    } catch (WireException e) {
      throw new CallRefusedException(e);
    }
  }

  private void enterLimit(int bytes) {
    try {
      limit.enter();
    } catch (WireException e) {
      budget.giveBack(bytes);
      throw e;
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

  /// A call of so many bytes has ended.
  void ended(int bytes) {
    budget.giveBack(bytes);
    limit.leave();
  }
}
