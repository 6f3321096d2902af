package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Origin;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.server.dispatch.Router.Route;
import io.windhover.rpc.stream.StreamRoute;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.CallEnding.Returned;
import io.windhover.rpc.transport.CallHead;
import io.windhover.rpc.wire.RequestHeader;
import io.windhover.rpc.wire.TTHeader;
import io.windhover.thrift.call.Result;
import org.jspecify.annotations.Nullable;

/// What every call of a server passes, whatever brings it: its method is found, it takes one of the
/// places for calls, it runs within its deadline, and listeners are told.
///
/// ```
///   router --Route--> timeouts --deadline--> enter --place--> run --CallEnding--> leave
/// ```
///
/// Streams pass it, too. For any thread; shared by all.
///
/// @param timeouts of calls
/// @param limit of calls and streams that run
/// @param listener told of each
public record CallPath(
    Router router,
    TimeoutPolicy timeouts,
    CallLimit limit,
    CallRunner runner,
    CallListener listener) {

  /// Returns the call of a request over the built-in protocols.
  ///
  /// @param header of the request, if it has one
  /// @param oneway whether the caller waits for no reply
  /// @throws io.windhover.rpc.wire.WireException if the header says something that has no meaning
  Invocation invocation(Route route, @Nullable TTHeader header, boolean oneway, Arrival arrival) {
    var deadline = timeouts.deadline(header, oneway || route.method().oneway(), arrival.nanos());
    return new Invocation(
        route.service(),
        route.method(),
        arrival.nanos(),
        deadline,
        arrival.remoteAddress(),
        header == null ? Metadata.NONE : RequestHeader.metadata(header),
        header == null ? Origin.UNKNOWN : RequestHeader.origin(header),
        new ReplyMetadata(),
        CallOptions.NONE);
  }

  /// Returns the call of a request that a transport of others has read.
  Invocation invocation(Route route, CallHead head) {
    var asked = route.method().oneway() ? null : head.timeout();
    long start = System.nanoTime();
    var deadline = timeouts.deadline(asked, start, TimeSource.SYSTEM);
    return invocation(route.service(), route.method(), start, deadline, head);
  }

  /// The same for a stream.
  Invocation invocation(StreamRoute route, CallHead head) {
    long start = System.nanoTime();
    var deadline = TimeoutPolicy.ofStream(head.timeout(), start, TimeSource.SYSTEM);
    return invocation(route.service(), route.method(), start, deadline, head);
  }

  private static Invocation invocation(
      String service, Method<?> method, long startNanos, Deadline deadline, CallHead head) {
    return new Invocation(
        service,
        method,
        startNanos,
        deadline,
        head.remoteAddress(),
        head.metadata(),
        head.origin(),
        new ReplyMetadata(),
        CallOptions.NONE);
  }

  /// Lets a call run, until [#leave].
  ///
  /// @throws io.windhover.rpc.wire.WireException if as many as may be run already
  public void enter() {
    limit.enter();
  }

  /// A call runs no more: before its caller has the reply, and may call again.
  public void leave() {
    limit.leave();
  }

  /// Whether somebody listens.
  boolean isHeard() {
    return !listener.equals(CallListener.NONE);
  }

  /// Runs a call that has entered, middleware and handler, and tells of it. Who called tells of the
  /// reply, and of the end: [CallListener#sent], [CallListener#ended].
  ///
  /// @param bytes of the request
  public CallEnding run(
      Route route, Invocation invocation, int bytes, Object request, CallSlot slot) {
    if (!isHeard()) {
      return runner.run(invocation, slot, () -> route.endpoint().call(invocation, request));
    }
    listener.started(invocation);
    listener.received(invocation, bytes);
    listener.handling(invocation);
    var ending = runner.run(invocation, slot, () -> route.endpoint().call(invocation, request));
    listener.handled(invocation, ending.failure());
    return ending;
  }

  /// The same for a stream, which gives its place back as soon as its handler has returned.
  CallEnding run(StreamRoute route, Invocation invocation, MessageStream stream, CallSlot slot) {
    CallEnding ending;
    try {
      listener.started(invocation);
      listener.handling(invocation);
      ending =
          runner.run(
              invocation,
              slot,
              () -> {
                route.endpoint().serve(invocation, stream);
                return Result.NOTHING;
              });
    } finally {
      leave(); // before the client knows, and may open another
    }
    if (ending instanceof Returned && invocation.isCancelled()) { // no end that was meant
      ending = CallRunner.cancelled(invocation);
    }
    listener.handled(invocation, ending.failure());
    return ending;
  }
}
