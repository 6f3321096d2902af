package io.windhover.rpc.server;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Origin;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.server.dispatch.CallLimit;
import io.windhover.rpc.server.dispatch.CallPath;
import io.windhover.rpc.server.dispatch.CallRunner;
import io.windhover.rpc.server.dispatch.CallSlot;
import io.windhover.rpc.server.dispatch.HandlerFailures;
import io.windhover.rpc.server.dispatch.Router;
import io.windhover.rpc.server.dispatch.Router.Route;
import io.windhover.rpc.server.dispatch.Routing;
import io.windhover.rpc.server.dispatch.StreamDispatcher;
import io.windhover.rpc.server.dispatch.TimeoutPolicy;
import io.windhover.rpc.stream.LocalStream;
import io.windhover.rpc.stream.StreamRoute;
import io.windhover.rpc.stream.ToldStream;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.CallEnding.Failed;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.Binary;
import io.windhover.thrift.call.RawCall;
import io.windhover.thrift.call.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/// Calls services of this process as if they were elsewhere: through the server's middleware, on a
/// thread of the call's own, within its deadline; metadata, business statuses and errors come as
/// over TTHeader. Only the bytes are left out.
///
/// ```java
/// Orders orders = Orders.on(server.inProcess());
/// ```
///
/// Handler and caller share the very objects that are passed, so neither may change them after the
/// call. Streams are carried, too: `Notes.on(server.inProcess()).chat()`. So many messages as 64
/// may wait in each direction of one; then its sender does. For any thread.
public final class InProcess implements StreamCaller {

  private static final CallOptions DEFAULT =
      CallOptions.builder().timeout(Duration.ofSeconds(1)).build();

  private static final String NAME = "in-process";

  private final CallPath path;
  private final Connections connections; // of its server, which this call is to end with
  private final TimeSource time;

  /// @param connections of the server, with which calls end
  InProcess(CallPath path, Connections connections) {
    this(path, connections, TimeSource.SYSTEM);
  }

  private InProcess(CallPath path, Connections connections, TimeSource time) {
    this.path = path;
    this.connections = connections;
    this.time = time;
  }

  /// Returns what calls these services, without a server.
  public static InProcess of(Service... services) {
    return of(List.of(services), List.of());
  }

  /// @param middleware around every call, outermost first
  public static InProcess of(List<Service> services, List<Middleware> middleware) {
    return of(services, middleware, List.of());
  }

  /// @param middleware around every call, outermost first
  /// @param streamMiddleware around every stream, outermost first
  public static InProcess of(
      List<Service> services,
      List<Middleware> middleware,
      List<StreamMiddleware> streamMiddleware) {
    var routing = new Routing(services, null, true, null, middleware, streamMiddleware);
    var router =
        new Router(routing, _ -> true, _ -> true); // no codec is needed, whatever the family
    var path =
        new CallPath(
            router,
            TimeoutPolicy.AS_ASKED,
            new CallLimit(CallLimit.UNLIMITED),
            new CallRunner(_ -> {}, new HandlerFailures(false, null)),
            CallListener.NONE);
    return new InProcess(path, new Connections());
  }

  /// Returns this with deadlines on another clock: such as one that a test turns on.
  public InProcess at(TimeSource time) {
    return new InProcess(path, connections, time);
  }

  /// The call takes 1 s at most.
  @Override
  public Object call(String service, Method<?> method, Object request) {
    return call(service, method, request, DEFAULT);
  }

  /// The stream has a deadline if the handler that opens it has one.
  @Override
  public MessageStream open(String service, Method<?> method) {
    return open(service, method, CallOptions.NONE);
  }

  /// Returns this with options for the calls made through it, as far as they concern calls without
  /// a connection. Their timeout is one for streams, too.
  public StreamCaller with(CallOptions options) {
    var all = DEFAULT.with(options);
    return new StreamCaller() {
      @Override
      public Object call(String service, Method<?> method, Object request) {
        return InProcess.this.call(service, method, request, all);
      }

      @Override
      public MessageStream open(String service, Method<?> method) {
        return InProcess.this.open(service, method, options);
      }
    };
  }

  private MessageStream open(String service, Method<?> method, CallOptions options) {
    var attempt = LocalAttempt.begin(service, method, time);
    checkMayBegin(attempt);
    StreamRoute route;
    try {
      route = path.router().findStream(service, method.name());
    } catch (WireException e) {
      throw attempt.remote(e.answer());
    }
    long start = attempt.startNanos();
    var deadline = TimeoutPolicy.ofStream(options.timeout().orElse(null), start, time);
    var client =
        invocation(route.service(), route.method(), start, deadline, options.metadata(), options);
    return ToldStream.open(client, it -> open(route, it), CallListener.NONE);
  }

  private MessageStream open(StreamRoute route, Invocation client) {
    var server =
        new Invocation(
            client.service(),
            client.method(),
            client.startNanos(),
            client.deadline(),
            LocalAttempt.ADDRESS,
            client.metadata(),
            client.origin(),
            new ReplyMetadata(),
            CallOptions.NONE);
    var stream = new LocalStream(client, server, path.listener());
    var handlers = new StreamDispatcher(path);
    var slot = new CallSlot();
    slot.begin(server);
    var running = new LocalCall(slot, stream::lose);
    connections.opened(running);
    Thread.ofVirtual()
        .name("windhover-stream")
        .inheritInheritableThreadLocals(false)
        .start(
            () -> {
              try {
                stream.serve(handlers, route);
              } finally {
                connections.closed(running);
              }
            });
    return stream.open();
  }

  private void checkMayBegin(LocalAttempt attempt) {
    if (Invocation.current().filter(Invocation::isCancelled).isPresent()) {
      throw attempt.failure(
          Kind.NOT_SENT, Stage.CONNECT, "the call being handled has been cancelled");
    }
    if (connections.isFinishing()) {
      throw attempt.failure(Kind.NOT_SENT, Stage.CONNECT, "this server is stopping");
    }
  }

  private Object call(String service, Method<?> method, Object request, CallOptions options) {
    var attempt = LocalAttempt.begin(service, method, time);
    checkMayBegin(attempt);
    var route = find(service, method, request, attempt);
    var asked = method.oneway() ? null : options.timeout().orElseThrow();
    long start = attempt.startNanos();
    var invocation =
        invocation(
            route.service(),
            route.method(),
            start,
            path.timeouts().deadline(asked, start, time),
            options.metadata(),
            CallOptions.NONE);
    var slot = new CallSlot();
    var ending = new CompletableFuture<CallEnding>();
    var running = new LocalCall(slot, () -> ending.cancel(false));
    connections.opened(running);
    Thread.ofVirtual()
        .name("windhover-call")
        .inheritInheritableThreadLocals(false)
        .start(() -> complete(ending, route, invocation, request, running));
    if (method.oneway()) {
      return Result.NOTHING;
    }
    var end = await(ending, attempt, invocation, slot);
    if (!(end instanceof Failed)) { // a reply
      options.onReplyMetadata().ifPresent(it -> it.accept(invocation.replyMetadata().values()));
    }
    return attempt.result(end);
  }

  private Route find(String service, Method<?> method, Object request, LocalAttempt attempt) {
    Route route;
    try {
      route = path.router().find(service, method.name(), method.oneway());
    } catch (WireException e) {
      throw attempt.remote(e.answer());
    }
    if (route.method().codec() instanceof RawCall && !(request instanceof Binary)) {
      throw attempt.failure(
          Kind.REMOTE, Stage.SEND, "unknown here, and the raw handler takes bytes alone");
    }
    return route;
  }

  private Invocation invocation(
      String service,
      Method<?> method,
      long startNanos,
      Deadline deadline,
      Metadata ofCall,
      CallOptions options) {
    var outer = Invocation.current().orElse(null);
    var until = deadline;
    var metadata = ofCall;
    var outerMethod = "";
    if (outer != null) {
      until = method.oneway() ? deadline : deadline.orEarlier(outer.deadline());
      metadata = outer.metadata().inherited().with(metadata);
      outerMethod = outer.method().name();
    }
    return new Invocation(
        service,
        method,
        until.instant(startNanos, time),
        until,
        LocalAttempt.ADDRESS,
        metadata,
        new Origin(NAME, outerMethod),
        new ReplyMetadata(),
        options);
  }

  private void complete(
      CompletableFuture<CallEnding> ending,
      Route route,
      Invocation invocation,
      Object request,
      LocalCall running) {
    try {
      ending.complete(run(route, invocation, request, running.slot()));
    } catch (Throwable e) { // out of memory: the caller must not wait in vain
      ending.completeExceptionally(e);
    } finally {
      connections.closed(running);
    }
  }

  private CallEnding run(Route route, Invocation invocation, Object request, CallSlot slot) {
    try {
      path.enter();
    } catch (WireException e) {
      return new Failed(e.answer());
    }
    try {
      return tell(route, invocation, request, slot);
    } finally {
      path.leave();
    }
  }

  private CallEnding tell(Route route, Invocation invocation, Object request, CallSlot slot) {
    var ending = path.run(route, invocation, 0, request, slot);
    if (!route.method().oneway()) {
      path.listener().sent(invocation, 0);
    }
    path.listener().ended(invocation, ending.failure());
    return ending;
  }

  private static CallEnding await(
      CompletableFuture<CallEnding> ending,
      LocalAttempt attempt,
      Invocation invocation,
      CallSlot slot) {
    var caller = Thread.currentThread();
    var _ = ending.whenComplete((_, _) -> LockSupport.unpark(caller));
    while (!ending.isDone()) {
      if (invocation.deadline().hasPassed()) {
        slot.close();
        throw attempt.failure(Kind.TIMEOUT, Stage.AWAIT_REPLY, "no reply before the deadline");
      }
      if (caller.isInterrupted()) { // and stays so
        slot.close();
        throw attempt.failure(
            Kind.CANCELLED, Stage.AWAIT_REPLY, "the calling thread was interrupted");
      }
      invocation.deadline().park(ending);
    }
    try {
      return ending.join();
    } catch (CancellationException e) {
      throw attempt.failure(
          Kind.DISCONNECTED, Stage.AWAIT_REPLY, "the server has stopped, its handler has not");
    } catch (CompletionException e) {
      throw attempt.couldNotRun(e);
    }
  }
}
