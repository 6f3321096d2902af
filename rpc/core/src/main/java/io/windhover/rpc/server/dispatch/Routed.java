package io.windhover.rpc.server.dispatch;

import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.thrift.ObjectBudget;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;

/// What calls and streams of transports of others have in common: a place among those that run, and
/// what their objects are charged with.
abstract class Routed {

  private final RoutedCalls calls;
  private final Invocation invocation;
  private final CallSlot slot = new CallSlot();
  private final RequestShare objects;
  private final AtomicBoolean hasPlace = new AtomicBoolean(true); // among those that run
  private final AtomicBoolean closed = new AtomicBoolean();

  Routed(RoutedCalls calls, Invocation invocation) {
    this.calls = calls;
    this.invocation = invocation;
    this.objects = new RequestShare(calls.objects());
  }

  public final Invocation invocation() {
    return invocation;
  }

  public ObjectBudget objects() {
    return objects;
  }

  final RoutedCalls calls() {
    return calls;
  }

  final CallSlot slot() {
    return slot;
  }

  /// Takes its place from it: who runs it gives that back, as soon as the handler has returned.
  ///
  /// @throws IllegalStateException if it has run, or is closed
  final void takePlace() {
    if (!hasPlace.compareAndSet(true, false)) {
      throw new IllegalStateException(invocation.name() + " has run, or is closed");
    }
  }

  /// Hands on how it ended, and tells listeners.
  ///
  /// @param tell returns how many bytes its client gets; 0 if there is nothing to tell of. If it
  ///   throws, that is how the call ended, and it is told of that once more
  final void end(CallEnding ending, ToIntFunction<CallEnding> tell) {
    var listener = calls.path().listener();
    var failure = ending.failure();
    try {
      int sent;
      try {
        sent = tell.applyAsInt(ending);
      } catch (ConnectionClosedException e) { // nobody is there to be told
        throw e;
      } catch (RuntimeException | Error e) {
        var untold = calls.path().runner().untold(invocation, e);
        failure = untold.failure();
        sent = tell.applyAsInt(untold);
      }
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

  /// Gives back what objects have taken so far.
  final void giveBackObjects() {
    objects.giveBack();
  }

  public final void cancel() {
    slot.close();
  }

  public final void close() {
    if (closed.compareAndSet(false, true)) {
      if (hasPlace.compareAndSet(true, false)) { // it has not run
        calls.path().leave();
      }
      giveBackObjects();
      giveBack();
    }
  }

  /// Gives back what else it has taken.
  abstract void giveBack();
}
