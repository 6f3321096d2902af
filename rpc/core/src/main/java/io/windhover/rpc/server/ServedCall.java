package io.windhover.rpc.server;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.server.Router.Route;
import io.windhover.thrift.ObjectBudget;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;

/// One call that a [Transport] carries: from when its method is known until its reply is written.
/// The transport owns it, and closes it in any case. The server has no list of these: a transport
/// that is told to [cancel][ServedConnection#cancel] has to reach its own.
///
/// ```java
/// try (ServedCall call = calls.begin(head)) {
///   Object request = decode(call.method(), body, call.objects());
///   call.run(request, ending -> write(ending)); // on a virtual thread of the call's own
/// }
/// ```
public final class ServedCall implements AutoCloseable {

  private final ServerCalls calls;
  private final Route route;
  private final Invocation invocation;
  private final int bytes;
  private final CallSlot slot = new CallSlot();
  private final RequestShare objects;
  private final AtomicBoolean counted = new AtomicBoolean(true); // among the calls that run
  private final AtomicBoolean closed = new AtomicBoolean();

  ServedCall(ServerCalls calls, Route route, Invocation invocation, int bytes) {
    this.calls = calls;
    this.route = route;
    this.invocation = invocation;
    this.bytes = bytes;
    this.objects = new RequestShare(calls.objects());
  }

  /// Returns the method, whose codec reads the request and writes the result.
  public Method<?> method() {
    return route.method();
  }

  /// Returns the call as middleware and handler will see it. What they put into its [reply
  /// metadata][Invocation#replyMetadata] is for the transport to send.
  public Invocation invocation() {
    return invocation;
  }

  /// Returns the budget of the objects that the request is decoded to; what they take is given back
  /// when this is closed.
  public ObjectBudget objects() {
    return objects;
  }

  /// Runs middleware and handler on this thread, which may block, and hands on how that ended. No
  /// longer counts as one that runs then, so that who gets the reply may call again at once.
  ///
  /// @param reply writes what the caller gets, on this thread, and returns how many bytes that has;
  ///   0 if it gets nothing, as that of a oneway method. What it throws is thrown here
  /// @throws IllegalStateException if it has run, or is closed
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

  /// Interrupts the call if it runs, and keeps it from running otherwise: its caller is gone, or
  /// the server stops. [#run] says so to its `reply`. Any thread; a second time changes nothing.
  public void cancel() {
    slot.close();
  }

  /// Gives back what the request and its objects were charged with, and its place if it has not
  /// run. Any thread, but not while the call runs, whose request still takes memory; a second time
  /// changes nothing.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      leave();
      calls.giveBack(bytes);
      objects.giveBack();
    }
  }
}
