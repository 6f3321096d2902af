package io.windhover.rpc.server;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Origin;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.Service;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.server.CallRunner.Ending;
import io.windhover.rpc.server.CallRunner.Ending.Failed;
import io.windhover.rpc.server.CallRunner.Ending.Returned;
import io.windhover.rpc.server.CallRunner.Ending.Said;
import io.windhover.rpc.server.Router.Route;
import io.windhover.rpc.wire.CallLimit;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.HandlerFailures;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.Binary;
import io.windhover.thrift.call.RawCall;
import io.windhover.thrift.call.Result;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Calls services of this process as if they were elsewhere: through the server's middleware, on a
/// thread of the call's own, within its deadline; metadata, business statuses and errors come as
/// over TTHeader. Only the bytes are left out.
///
/// ```java
/// Orders orders = Orders.on(server.inProcess());
/// ```
///
/// Handler and caller share the very objects that are passed, so neither may change them after the
/// call. For any thread.
public final class InProcess implements Caller {

  private static final CallOptions DEFAULT =
      CallOptions.builder().timeout(Duration.ofSeconds(1)).build();

  private static final String NAME = "in-process";

  private static final SocketAddress ADDRESS =
      new SocketAddress() {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
          return "in process";
        }
      };

  private final Router router;
  private final TimeoutPolicy timeouts;
  private final CallLimit limit;
  private final CallRunner runner;
  private final CallListener listener;
  private final Connections connections; // of its server, which this call is to end with
  private final TimeSource time;

  /// @param connections of the server, with which calls end
  InProcess(
      Router router,
      TimeoutPolicy timeouts,
      CallLimit limit,
      CallRunner runner,
      CallListener listener,
      Connections connections) {
    this(router, timeouts, limit, runner, listener, connections, TimeSource.SYSTEM);
  }

  private InProcess(
      Router router,
      TimeoutPolicy timeouts,
      CallLimit limit,
      CallRunner runner,
      CallListener listener,
      Connections connections,
      TimeSource time) {
    this.router = router;
    this.timeouts = timeouts;
    this.limit = limit;
    this.runner = runner;
    this.listener = listener;
    this.connections = connections;
    this.time = time;
  }

  /// Returns what calls these services, without a server.
  public static InProcess of(Service... services) {
    return of(List.of(services), List.of());
  }

  /// @param middleware around every call, outermost first
  public static InProcess of(List<Service> services, List<Middleware> middleware) {
    var router = new Router(new Routing(services, null, true, null, middleware, List.of()));
    return new InProcess(
        router,
        TimeoutPolicy.AS_ASKED,
        new CallLimit(CallLimit.UNLIMITED),
        new CallRunner(_ -> {}, new HandlerFailures(false, null)),
        CallListener.NONE,
        new Connections());
  }

  /// Returns this with deadlines on another clock: such as one that a test turns on.
  public InProcess at(TimeSource time) {
    return new InProcess(router, timeouts, limit, runner, listener, connections, time);
  }

  /// The call takes 1 s at most.
  @Override
  public Object call(String service, Method<?> method, Object request) {
    return call(service, method, request, DEFAULT);
  }

  /// Returns this with options for the calls made through it, as far as they concern calls without
  /// a connection.
  public Caller with(CallOptions options) {
    var all = DEFAULT.with(options);
    return (service, method, request) -> call(service, method, request, all);
  }

  private Object call(String service, Method<?> method, Object request, CallOptions options) {
    var name = service + "/" + method.name();
    var outer = Invocation.current().orElse(null);
    if (outer != null && outer.isCancelled()) {
      throw failure(
          Kind.NOT_SENT, Stage.CONNECT, name, "the call being handled has been cancelled");
    }
    if (connections.isFinishing()) {
      throw failure(Kind.NOT_SENT, Stage.CONNECT, name, "this server is stopping");
    }
    var route = find(service, method, request, name);
    var invocation = invocation(route, options, outer);
    var slot = new CallSlot();
    var ending = new CompletableFuture<Ending>();
    connections.opened(slot);
    Thread.ofVirtual()
        .name("windhover-call")
        .start(() -> complete(ending, route, invocation, request, slot));
    if (method.oneway()) {
      return Result.NOTHING;
    }
    try {
      return result(await(ending, invocation, slot), name);
    } finally {
      options.onReplyMetadata().ifPresent(it -> it.accept(invocation.replyMetadata().values()));
    }
  }

  private Route find(String service, Method<?> method, Object request, String name) {
    Route route;
    try {
      route = router.find(service, method.name(), method.oneway());
    } catch (WireException e) {
      throw remote(name, e.code().because(e.getMessage()));
    }
    if (route.method().codec() instanceof RawCall && !(request instanceof Binary)) {
      throw failure(
          Kind.REMOTE, Stage.SEND, name, "unknown here, and the raw handler takes bytes alone");
    }
    return route;
  }

  private Invocation invocation(Route route, CallOptions options, @Nullable Invocation outer) {
    var asked = route.method().oneway() ? null : options.timeout().orElseThrow();
    var deadline = timeouts.deadline(asked, time);
    var metadata = options.metadata();
    var method = "";
    if (outer != null) {
      deadline = route.method().oneway() ? deadline : deadline.orEarlier(outer.deadline());
      metadata = outer.metadata().inherited().with(metadata);
      method = outer.method().name();
    }
    return new Invocation(
        route.service(),
        route.method(),
        deadline,
        ADDRESS,
        metadata,
        new Origin(NAME, method),
        new ReplyMetadata(),
        CallOptions.NONE);
  }

  private void complete(
      CompletableFuture<Ending> ending,
      Route route,
      Invocation invocation,
      Object request,
      CallSlot slot) {
    try {
      ending.complete(run(route, invocation, request, slot));
    } catch (Throwable e) { // out of memory: the caller must not wait in vain
      ending.completeExceptionally(e);
    } finally {
      connections.closed(slot);
    }
  }

  private Ending run(Route route, Invocation invocation, Object request, CallSlot slot) {
    try {
      limit.enter();
    } catch (WireException e) {
      return new Failed(e.code().because(e.getMessage()));
    }
    try {
      return tell(route, invocation, request, slot);
    } finally {
      limit.leave();
    }
  }

  private Ending tell(Route route, Invocation invocation, Object request, CallSlot slot) {
    listener.started(invocation);
    listener.received(invocation, 0);
    listener.handling(invocation);
    var ending = runner.run(invocation, slot, () -> route.endpoint().call(invocation, request));
    listener.handled(invocation, ending.failure());
    if (!route.method().oneway()) {
      listener.sent(invocation, 0);
    }
    listener.ended(invocation, ending.failure());
    return ending;
  }

  private static Ending await(
      CompletableFuture<Ending> ending, Invocation invocation, CallSlot slot) {
    var name = invocation.name();
    var caller = Thread.currentThread();
    var _ = ending.whenComplete((_, _) -> LockSupport.unpark(caller));
    while (!ending.isDone()) {
      if (invocation.deadline().hasPassed()) {
        slot.close();
        throw failure(Kind.TIMEOUT, Stage.AWAIT_REPLY, name, "no reply before the deadline");
      }
      if (caller.isInterrupted()) { // and stays so
        slot.close();
        throw failure(
            Kind.CANCELLED, Stage.AWAIT_REPLY, name, "the calling thread was interrupted");
      }
      invocation.deadline().park(ending);
    }
    try {
      return ending.join();
    } catch (CompletionException e) {
      throw RpcException.builder(Kind.REMOTE, Stage.AWAIT_REPLY, "the call could not run")
          .calling(name)
          .cause(e)
          .build();
    }
  }

  private static Object result(Ending ending, String name) {
    return switch (ending) {
      case Returned(Result result) when result.isMissing() ->
          throw failure(Kind.REMOTE, Stage.READ_REPLY, name, "neither a result nor an exception");
      case Returned(var result) -> result;
      case Said(var status) -> throw status;
      case Failed(var error) -> throw remote(name, error);
    };
  }

  private static RpcException remote(String name, ApplicationException error) {
    return RpcException.builder(
            ErrorCode.of(error.code()).map(ErrorCode::kind).orElse(Kind.REMOTE),
            Stage.READ_REPLY,
            "the server answered with error %d: %s".formatted(error.code(), error.text()))
        .calling(name)
        .at(ADDRESS)
        .remoteCode(error.code())
        .build();
  }

  private static RpcException failure(Kind kind, Stage stage, String name, String what) {
    return RpcException.builder(kind, stage, what).calling(name).at(ADDRESS).build();
  }
}
