package io.windhover.rpc.client;

import io.windhover.netpoll.PollerGroup;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.Origin;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.connection.AddressPool;
import io.windhover.rpc.connection.BuiltInConnections;
import io.windhover.rpc.connection.Connections;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.stream.ToldStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A client of one server address: what generated stubs call through.
///
/// ```java
/// try (Client client = Client.to("127.0.0.1:8888")) {
///   EchoService echo = EchoService.on(client);
///   EchoResponse r = echo.echo(new EchoRequest().message("hi"));
/// }
/// ```
///
/// Make one for each server and keep it: it owns a pool of connections, opened as calls need them.
/// Any number of threads may call at once; each call blocks its own thread, platform or virtual,
/// until it ends, at the latest at its deadline (50 ms after it, if a dialler of the user's does
/// not heed its time). That is the call's timeout from its start, or what is left to the call being
/// handled when a handler calls on, whichever is earlier. Such a call takes the persistent metadata
/// of the one being handled with it, too.
///
/// What [CallOptions] say can differ by service, method and call; [#explain] tells what counts.
///
/// A host name is looked up for each new connection, within that time, and all of its addresses are
/// tried.
public final class Client implements StreamCaller, AutoCloseable {

  private static final Duration NO_DEADLINE = Duration.ofDays(36_500);

  private final ClientOptions options;
  private final OptionsLadder ladder;
  private final ClientSteps steps;
  private final CallListener listener;
  private final String explanation;
  private final CallTimer timer;
  private final TimeSource time;
  private final PollerGroup pollers;
  private final Connections connections;
  private final int mostSpares;
  private final Endpoint endpoint;
  private final StreamOpener opener;

  /// @param explanation of the options that hold for all of the client
  Client(
      ClientOptions options,
      OptionsLadder ladder,
      ClientSteps steps,
      ClientParts parts,
      String explanation) {
    this.options = options;
    this.ladder = ladder;
    this.steps = steps;
    this.listener = steps.listener();
    this.explanation = explanation;
    this.mostSpares = parts.mostSpares(options);
    this.pollers = PollerGroup.start();
    this.timer = CallTimer.start();
    this.time = parts.time().equals(TimeSource.SYSTEM) ? timer : parts.time();
    try {
      var connectTimeout = ladder.ofClient().connectTimeout().orElse(ClientOptions.CONNECT_TIMEOUT);
      var spec = options.connections(connectTimeout, time);
      var transport = parts.transport();
      if (transport == null) {
        var own =
            new BuiltInConnections(spec, pollers::dial, parts.dialler(), parts.pools(), listener);
        this.connections = own;
        this.endpoint = steps.around(new Exchange(options, own, listener, steps.metadata()));
        this.opener = steps.around(new StreamExchange(own, listener));
      } else {
        var exchange =
            new CarriedExchange(
                transport,
                spec,
                pollers::dial,
                parts.dialler(),
                options.limits().maxMessageBytes(),
                listener);
        this.connections = exchange.connections();
        this.endpoint = steps.around((Endpoint) exchange);
        this.opener = steps.around((StreamOpener) exchange);
      }
      makePool(connections);
    } catch (RuntimeException | Error e) { // of what users have given
      pollers.close();
      timer.close();
      throw e;
    }
  }

  /// What cannot make the pool of the client's own address shall say so at once.
  private static void makePool(Connections connections) {
    try {
      var _ = connections.ownForCalls();
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// Returns a client with default options.
  ///
  /// @param address `host:port`, or `unix:/path/to/socket`
  public static Client to(String address) {
    return builder(address).build();
  }

  /// @param address `host:port`, or `unix:/path/to/socket`
  public static ClientBuilder builder(String address) {
    return builder(Addresses.parse(address));
  }

  /// @param address TCP or unix socket; a resolved one stays as it is, a name is looked up for each
  ///   new connection
  public static ClientBuilder builder(SocketAddress address) {
    return new ClientBuilder(address);
  }

  @Override
  public Object call(String service, Method<?> method, Object request) {
    return call(service, method, request, ladder.of(service, method.name()));
  }

  /// Returns this client with options of its own for the calls made through it:
  /// `EchoService.on(client.with(options)).echo(request)`. Costs nothing to make, shares all else,
  /// and is not closed.
  ///
  /// Streams take metadata along in any case; a call over a protocol without a header refuses it
  /// with an IllegalArgumentException.
  public StreamCaller with(CallOptions call) {
    Objects.requireNonNull(call, "call options: null (expected: CallOptions.NONE for none)");
    return new StreamCaller() {
      @Override
      public Object call(String service, Method<?> method, Object request) {
        return Client.this.call(
            service, method, request, ladder.of(service, method.name()).with(call));
      }

      @Override
      public MessageStream open(String service, Method<?> method) {
        return Client.this.open(service, method, call);
      }
    };
  }

  private Object call(String service, Method<?> method, Object request, CallOptions call) {
    options.check(call);
    var invocation = invocation(service, method, call.timeout().orElseThrow(), call);
    try {
      return tell(invocation, request, call);
    } catch (RuntimeException failure) {
      throw steps.handled(invocation, failure);
    }
  }

  private Object tell(Invocation invocation, Object request, CallOptions call) {
    if (listener.equals(CallListener.NONE)) {
      return call(invocation, request, call);
    }
    listener.started(invocation);
    Throwable failure = null;
    try {
      return call(invocation, request, call);
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      listener.ended(invocation, failure);
    }
  }

  private Object call(Invocation invocation, Object request, CallOptions call) {
    if (Invocation.current().filter(Invocation::isCancelled).isPresent()) {
      throw Failures.cancelledAround(invocation);
    }
    var onReplyMetadata = call.onReplyMetadata().orElse(null);
    if (onReplyMetadata == null) {
      return endpoint.call(invocation, request);
    }
    try {
      var result = endpoint.call(invocation, request);
      onReplyMetadata.accept(invocation.replyMetadata().values());
      return result;
    } catch (BusinessException e) { // a reply, too
      onReplyMetadata.accept(invocation.replyMetadata().values());
      throw e;
    }
  }

  private Invocation invocation(
      String service, Method<?> method, Duration timeout, CallOptions call) {
    long start = time.nanoTime();
    var deadline = Deadline.after(timeout, start, time);
    var metadata = call.metadata();
    var outerMethod = "";
    var outer = Invocation.current().orElse(null);
    if (outer != null) {
      deadline = deadline.orEarlier(outer.deadline());
      metadata = outer.metadata().inherited().with(metadata);
      outerMethod = outer.method().name();
    }
    return new Invocation(
        service,
        method,
        deadline.instant(start, time),
        deadline,
        call.address().orElseThrow(),
        metadata,
        new Origin(options.name(), outerMethod),
        new ReplyMetadata(),
        call);
  }

  /// Opens a stream. It has a deadline if [CallOptions] of its method or of the call set a timeout,
  /// or the handler that opens it has one: the client's and the service's timeouts are for calls.
  @Override
  public MessageStream open(String service, Method<?> method) {
    return open(service, method, CallOptions.NONE);
  }

  private MessageStream open(String service, Method<?> method, CallOptions call) {
    var timeout =
        call.timeout().or(() -> ladder.timeoutOfMethod(service, method.name())).orElse(NO_DEADLINE);
    var invocation =
        invocation(service, method, timeout, ladder.of(service, method.name()).with(call));
    return ToldStream.open(invocation, opener, listener);
  }

  /// Returns the options that hold for all of this client, and where each was set: by default, on
  /// the client, or by a suite; as lines of text.
  public String explain() {
    return explanation;
  }

  /// Returns what options count for calls of this method, or for its streams, and where each was
  /// set, as lines of text.
  public String explain(String service, String method) {
    return explain(service, method, CallOptions.NONE);
  }

  /// The same for a call with options of its own.
  public String explain(String service, String method, CallOptions call) {
    return ladder.explain(service, method, call);
  }

  /// Opens connections before the first calls need them, several at a time.
  ///
  /// @param connections to this client's own address, those that are open already included
  /// @param timeout for all of that
  /// @return how far it came; it is the caller's to go on or to give up when that is not enough
  /// @throws IllegalArgumentException if the client's own pool would not keep so many unused
  public WarmUp warmUp(int connections, Duration timeout) throws InterruptedException {
    requireAtMost(connections, mostSpares, "what the pool keeps");
    try {
      return warmUp(this.connections.ownForCalls(), connections, timeout);
    } catch (IOException e) {
      return new WarmUp(options.address(), connections, 0, Optional.of(e));
    }
  }

  /// Opens connections for streams before the first streams need them: [#warmUp] does so for calls.
  ///
  /// @throws IllegalArgumentException if there are to be more than `streamConnections`
  public WarmUp warmUpStreams(int connections, Duration timeout) throws InterruptedException {
    requireAtMost(connections, options.streamConnections(), "streamConnections");
    return warmUp(this.connections.ownForStreams(), connections, timeout);
  }

  private static void requireAtMost(int connections, int most, String why) {
    if (connections < 1 || connections > most) {
      throw new IllegalArgumentException(
          "connections: %d (expected: 1..%d, %s)".formatted(connections, most, why));
    }
  }

  private WarmUp warmUp(AddressPool pool, int connections, Duration timeout)
      throws InterruptedException {
    return WarmUp.of(
        options.address(),
        connections,
        options.pool().maxDials(),
        Deadline.after(timeout, time),
        pool);
  }

  /// Returns the state of each pool: those for calls, of the client's own address first, then of
  /// addresses that calls have named; and those for streams likewise, once there were any.
  public List<PoolState> pools() {
    return connections.states();
  }

  /// Closes the connections to an address: unused ones at once, others when their calls or streams
  /// end. A later call that names it connects anew.
  public void removeAddress(SocketAddress address) {
    connections.remove(address);
  }

  /// Returns how many connections are open now: in use, idle, or being made.
  public int openConnections() {
    return connections.open();
  }

  /// Returns how many replies have come on multiplexed connections that no call waited for: too
  /// late, most likely.
  public long droppedReplies() {
    return connections.droppedReplies();
  }

  /// Closes all connections; calls under way end with an [io.windhover.rpc.RpcException].
  @Override
  public void close() {
    connections.close();
    pollers.close();
    timer.close();
  }
}
