package io.windhover.rpc.server;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import java.util.function.BooleanSupplier;

/// What a [Transport] may ask of its server: to find a method and to run a call of it, through the
/// server's middleware, within its deadline and its limits. For any thread.
public final class ServerCalls {

  private final CallPath path;
  private final WireLimits limits;
  private final RequestBudget budget;
  private final RequestObjects objects;
  private final BooleanSupplier stopping;

  ServerCalls(
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
      var route = path.router().find(head.service(), head.method(), false);
      var invocation = path.invocation(route, head);
      var call = new ServedCall(this, route, invocation, head.bytes());
      enter(head.bytes()); // last: what is taken has its owner
      return call;
    } catch (WireException e) {
      throw e.code().because(e.getMessage());
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
