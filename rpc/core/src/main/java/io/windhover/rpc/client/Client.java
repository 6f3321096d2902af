package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Origin;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.stream.StreamPool;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireLimits;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
/// until it ends, at the latest at its deadline. That is the call's timeout from its start, or what
/// is left to the call being handled when a handler calls on, whichever is earlier. Such a call
/// takes the persistent metadata of the one being handled with it, too.
///
/// What [CallOptions] say can differ by service, method and call; [#explain] tells what counts.
///
/// A host name is looked up for each new connection, within that time, and all of its addresses are
/// tried.
public final class Client implements StreamCaller, AutoCloseable {

  private static final Duration NO_DEADLINE = Duration.ofDays(36_500);

  private final ClientOptions options;
  private final OptionsLadder ladder;
  private final CallListener listener;
  private final String explanation;
  private final PollerGroup pollers;
  private final Pools pools;
  private final Endpoint endpoint;
  private final StreamExchange streams;
  private final StreamOpener opener;

  private Client(Builder builder, ClientOptions options) {
    this.options = options;
    this.ladder = builder.ladder();
    this.listener = CallListener.of(builder.listeners);
    this.explanation = builder.settings.explain(builder.values());
    this.pollers = PollerGroup.start();
    try {
      var parts =
          PoolParts.of(
              pollers,
              options.pool(),
              builder.call.build().connectTimeout().orElse(ClientOptions.CONNECT_TIMEOUT));
      this.pools =
          new Pools(
              options.address(),
              address ->
                  options.multiplexed() > 0
                      ? new MuxPool(options, address, parts)
                      : new ExclusivePool(options, address, parts));
      this.endpoint = chain(builder);
      this.streams = new StreamExchange(address -> streamPool(options, address, pollers));
      this.opener = StreamMiddleware.chain(builder.streamMiddleware, streams);
    } catch (RuntimeException | Error e) { // of a middleware
      pollers.close();
      throw e;
    }
  }

  private static StreamPool streamPool(
      ClientOptions options, SocketAddress address, PollerGroup pollers) {
    return new StreamPool(
        pollers, address, options.connection(), options.streams(), options.streamConnections());
  }

  /// All that happens to a call, outermost first.
  private Endpoint chain(Builder builder) {
    var steps = new ArrayList<Middleware>();
    steps.addAll(builder.middleware); // once for a call
    steps.addAll(builder.attemptMiddleware); // once for each attempt at it, at a known address
    return Endpoint.chain(steps, new Exchange(options, pools, listener));
  }

  /// Returns a client with default options.
  ///
  /// @param address `host:port`, or `unix:/path/to/socket`
  public static Client to(String address) {
    return builder(address).build();
  }

  /// @param address `host:port`, or `unix:/path/to/socket`
  public static Builder builder(String address) {
    return builder(Addresses.parse(address));
  }

  /// @param address TCP or unix socket; a resolved one stays as it is, a name is looked up for each
  ///   new connection
  public static Builder builder(SocketAddress address) {
    return new Builder(address);
  }

  @Override
  public Object call(String service, Method<?> method, Object request) {
    return call(service, method, request, ladder.of(service, method.name()));
  }

  /// Returns this client with options of its own for the calls made through it:
  /// `EchoService.on(client.with(options)).echo(request)`. Costs nothing to make, shares all else,
  /// and is not closed.
  ///
  /// @throws IllegalArgumentException if they ask for what the client's protocol cannot carry
  public StreamCaller with(CallOptions call) {
    options.check(call);
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
    var invocation =
        invocation(service, method, Deadline.after(call.timeout().orElseThrow()), call);
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
      String service, Method<?> method, Deadline deadline, CallOptions call) {
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
    return opener.open(
        invocation(
            service,
            method,
            Deadline.after(timeout),
            ladder.of(service, method.name()).with(call)));
  }

  /// Returns the options that hold for all of this client, and where each was set: by default, on
  /// the client, or by a suite; as lines of text.
  public String explain() {
    return explanation;
  }

  /// Returns what options count for calls of this method, and where each was set, as lines of text.
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
  /// @throws IllegalArgumentException if the pool would not keep so many unused
  public WarmUp warmUp(int connections, Duration timeout) throws InterruptedException {
    var pool = options.pool();
    int most =
        options.multiplexed() > 0
            ? options.multiplexed()
            : Math.min(pool.maxConnections(), Math.min(pool.maxIdle(), pool.maxIdleOverall()));
    if (connections < 1 || connections > most) {
      throw new IllegalArgumentException(
          "connections: %d (expected: 1..%d, what the pool keeps)".formatted(connections, most));
    }
    return WarmUp.of(
        pools.of(options.address()), connections, pool.maxDials(), Deadline.after(timeout));
  }

  /// Returns the state of each pool: that of the client's own address first, then those of
  /// addresses that calls have named.
  public List<PoolState> pools() {
    return pools.states();
  }

  /// Closes the connections to an address: unused ones at once, others when their calls end. A
  /// later call that names it connects anew.
  public void removeAddress(SocketAddress address) {
    pools.remove(address);
    streams.remove(address);
  }

  /// Returns how many connections are open now: in use, idle, or being made.
  public int openConnections() {
    return pools.openConnections() + streams.openConnections();
  }

  /// Returns how many replies have come on multiplexed connections that no call waited for: too
  /// late, most likely.
  public long droppedReplies() {
    return pools.droppedReplies();
  }

  /// Closes all connections; calls under way end with an [io.windhover.rpc.RpcException].
  @Override
  public void close() {
    pools.close();
    streams.close();
    pollers.close();
  }

  /// Collects the options of a client.
  public static final class Builder {
    private final SocketAddress address;
    private final List<Middleware> middleware = new ArrayList<>();
    private final List<Middleware> attemptMiddleware = new ArrayList<>();
    private final List<StreamMiddleware> streamMiddleware = new ArrayList<>();
    private final List<CallListener> listeners = new ArrayList<>();
    private final CallOptions.Builder call = CallOptions.builder();
    private final Map<String, CallOptions> services = new HashMap<>();
    private final Map<String, Map<String, CallOptions>> methods = new HashMap<>();
    private final ConnectionOptions.Builder connection = ConnectionOptions.builder();
    private PoolOptions pool = PoolOptions.DEFAULT;
    private String name = "windhover-client";
    private Protocol protocol = Protocol.FRAMED;
    private int maxMessageBytes = 16 << 20;
    private int multiplexed;
    private int streamConnections = 2;
    private int streamWindowBytes = StreamOptions.DEFAULT_WINDOW_BYTES;
    private boolean checksums;
    private @Nullable Compression compression;
    private int compressAbove = PayloadForm.NEVER;
    private boolean secured;
    private final Settings settings;

    private Builder(SocketAddress address) {
      this.address = address;
      call.address(address);
      settings = new Settings(values());
    }

    /// Applies a bundle of options, such as those that a company shares; it may set anything that
    /// can be set here. What is set after it wins. [Client#explain()] names it.
    public Builder suite(String name, Consumer<Builder> options) {
      var before = values();
      options.accept(this);
      settings.changedBy(name, before, values());
      return this;
    }

    /// The options that hold for all of the client, as text.
    private Map<String, String> values() {
      var values = new LinkedHashMap<String, String>();
      var forCalls = ClientOptions.DEFAULT_CALL.with(call.build());
      values.put("name", name);
      values.put("protocol", protocol.toString());
      values.put("timeout", OptionsLadder.display(forCalls.timeout().orElseThrow()));
      values.put("connectTimeout", OptionsLadder.display(forCalls.connectTimeout().orElseThrow()));
      values.put("maxMessageBytes", Integer.toString(maxMessageBytes));
      values.put("multiplexed", multiplexed == 0 ? "off" : Integer.toString(multiplexed));
      pool.describe(values);
      values.put("tls", secured ? "on" : "none");
      values.put("checksums", checksums ? "on" : "off");
      values.put(
          "compression", compression == null ? "none" : compression + " above " + compressAbove);
      values.put("streamConnections", Integer.toString(streamConnections));
      values.put("streamWindowBytes", Integer.toString(streamWindowBytes));
      return values;
    }

    /// How this client calls itself to servers; they see it over TTHeader.
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /// The default is [Protocol#FRAMED], as with Kitex. [Protocol#TTHEADER] also carries deadlines,
    /// the service's name and metadata.
    public Builder protocol(Protocol protocol) {
      this.protocol = protocol;
      return this;
    }

    /// How long a call may take from start to end. The default is 1 s.
    public Builder timeout(Duration timeout) {
      call.timeout(timeout);
      return this;
    }

    /// How much of a call's time connecting may take, the look-up of a name included. The default
    /// is 1 s.
    public Builder connectTimeout(Duration connectTimeout) {
      call.connectTimeout(connectTimeout);
      return this;
    }

    /// Sends these values along with every call.
    public Builder metadata(Metadata metadata) {
      call.metadata(metadata);
      return this;
    }

    /// Sets options for the calls of one service.
    ///
    /// @param service its IDL name
    public Builder service(String service, CallOptions options) {
      services.merge(service, options, CallOptions::with);
      return this;
    }

    /// Sets options for the calls of one method.
    ///
    /// @param service IDL name of the service
    /// @param method IDL name of the method
    public Builder method(String service, String method, CallOptions options) {
      methods
          .computeIfAbsent(service, _ -> new HashMap<>())
          .merge(method, options, CallOptions::with);
      return this;
    }

    /// Refuses larger requests and replies, in bytes. The default is 16 MiB, the most 256 MiB.
    public Builder maxMessageBytes(int maxMessageBytes) {
      this.maxMessageBytes = maxMessageBytes;
      return this;
    }

    /// How many connections are kept, and for how long; all of it at once.
    public Builder pool(PoolOptions pool) {
      this.pool = pool;
      return this;
    }

    /// Lets all calls to an address share so many connections, 1 to 256, instead of each having one
    /// for itself; [#maxConnections] does not count then. Each carries 1,024 calls at a time, and a
    /// call beyond waits within its timeout. Needs [Protocol#TTHEADER] or
    /// [Protocol#TTHEADER_FRAMED], and of a Kitex server that it is started for multiplexing.
    public Builder multiplexed(int connections) {
      if (connections < 1) {
        throw new IllegalArgumentException(
            "multiplexed: %d (expected: at least 1)".formatted(connections));
      }
      this.multiplexed = connections;
      return this;
    }

    /// Sends a checksum of the payload (CRC-32C) with every request, for the server to check. Off
    /// by default; needs [Protocol#TTHEADER] or [Protocol#TTHEADER_FRAMED]. Those of replies are
    /// checked in any case.
    public Builder checksums(boolean checksums) {
      this.checksums = checksums;
      return this;
    }

    /// Asks Windhover servers for compressed replies, and compresses requests of more than so many
    /// bytes on connections whose server has said that it reads them: `compressAbove` of the
    /// server. Other servers, such as Kitex', get and send payloads as they are. Off by default;
    /// needs [Protocol#TTHEADER] or [Protocol#TTHEADER_FRAMED].
    public Builder compression(Compression compression, int aboveBytes) {
      this.compression = compression;
      this.compressAbove = aboveBytes;
      return this;
    }

    /// How many connections to an address may be open at once; each carries one call at a time, and
    /// a call beyond waits for one within its timeout. The default is 1024. One of the options of
    /// the [#pool].
    public Builder maxConnections(int maxConnections) {
      return pool(pool.toBuilder().maxConnections(maxConnections).build());
    }

    /// How long an unused connection is kept. The default is 30 s. One of the options of the
    /// [#pool].
    public Builder idleTimeout(Duration idleTimeout) {
      return pool(pool.toBuilder().idleTimeout(idleTimeout).build());
    }

    /// Secures all connections. Without it they are plain.
    public Builder tls(TlsOptions tls) {
      connection.tls(tls);
      secured = true;
      return this;
    }

    /// Tells `listener` of every call, after those added before.
    public Builder listener(CallListener listener) {
      listeners.add(listener);
      return this;
    }

    /// Adds a step around every call, inside of those added before.
    public Builder middleware(Middleware middleware) {
      this.middleware.add(middleware);
      return this;
    }

    /// Adds a step around every attempt at a call, inside of those added before and of all of
    /// [#middleware]: the server's address is known there.
    public Builder attemptMiddleware(Middleware middleware) {
      this.attemptMiddleware.add(middleware);
      return this;
    }

    /// Adds a step around every stream, inside of those added before.
    public Builder streamMiddleware(StreamMiddleware middleware) {
      streamMiddleware.add(middleware);
      return this;
    }

    /// How many connections to an address may carry streams, besides those for calls. Each carries
    /// many. The default is 2.
    public Builder streamConnections(int streamConnections) {
      this.streamConnections = streamConnections;
      return this;
    }

    /// How many bytes of one stream may wait to be received, before its server has to wait. The
    /// default is 128 KiB.
    public Builder streamWindowBytes(int streamWindowBytes) {
      this.streamWindowBytes = streamWindowBytes;
      return this;
    }

    private OptionsLadder ladder() {
      return new OptionsLadder(ClientOptions.DEFAULT_CALL, call.build(), services, methods);
    }

    /// Returns the client. Nothing is connected before the first call.
    public Client build() {
      var limits = WireLimits.ofMessageBytes(maxMessageBytes);
      var options =
          new ClientOptions(
              address,
              name,
              protocol,
              limits,
              pool,
              multiplexed,
              new PayloadForm(checksums, compression, compressAbove),
              connection.idleTimeout(pool.idleTimeout()).build(),
              new StreamOptions(limits, streamWindowBytes, StreamOptions.DEFAULT_MAX_STREAMS),
              streamConnections);
      options.check(call.build());
      services.values().forEach(options::check);
      methods.values().forEach(ofService -> ofService.values().forEach(options::check));
      return new Client(this, options);
    }
  }
}
