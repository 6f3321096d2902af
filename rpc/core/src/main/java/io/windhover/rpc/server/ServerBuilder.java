package io.windhover.rpc.server;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.ListenerOptions;
import io.windhover.netpoll.PollerOptions;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.MetadataHandler;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.ServerErrorHandler;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.codec.FrameCodec;
import io.windhover.rpc.codec.PayloadCodec;
import io.windhover.rpc.server.dispatch.CallLimit;
import io.windhover.rpc.server.dispatch.HandlerFailures;
import io.windhover.rpc.server.dispatch.Router;
import io.windhover.rpc.server.dispatch.Routing;
import io.windhover.rpc.server.dispatch.TimeoutPolicy;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.transport.ConnectionFilter;
import io.windhover.rpc.transport.Transport;
import io.windhover.rpc.wire.MetadataHandlers;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects what a server serves and how.
public final class ServerBuilder {

  private static final int MAX_PORT = 0xFFFF;

  private final List<Service> services = new ArrayList<>();
  private final List<Middleware> middleware = new ArrayList<>();
  private final List<CallListener> listeners = new ArrayList<>();
  private final List<StreamMiddleware> streamMiddleware = new ArrayList<>();
  private final ConnectionOptions.Builder connection = ConnectionOptions.builder();
  private SocketAddress address = new InetSocketAddress(8888);
  private int maxMessageBytes = 16 << 20;
  private int streamWindowBytes = StreamOptions.DEFAULT_WINDOW_BYTES;
  private int maxCalls = CallLimit.UNLIMITED;
  private int maxStreams = StreamOptions.DEFAULT_MAX_STREAMS;
  private final PollerOptions.Builder pollers = PollerOptions.builder();
  private final ListenerOptions.Builder listener = ListenerOptions.builder();
  private final List<Consumer<Server>> onStart = new ArrayList<>();
  private final List<Consumer<Server>> onStop = new ArrayList<>();
  private final List<Consumer<Boolean>> readiness = new ArrayList<>();
  private Duration stopDelay = Duration.ZERO;
  private Duration stopTimeout = Duration.ofSeconds(5);
  private boolean stopOnShutdown = true;
  private @Nullable Duration defaultTimeout;
  private @Nullable Duration maxTimeout;
  private boolean exposeFailures;
  private boolean runOnPollers;
  private final List<MetadataHandler> metadataHandlers = new ArrayList<>();
  private @Nullable ServerErrorHandler errorHandler;
  private boolean checksums;
  private int compressAbove = PayloadForm.NEVER;
  private @Nullable Service fallback;
  private boolean requireServiceName;
  private @Nullable RawHandler unknown;
  private final List<ConnectionFilter> filters = new ArrayList<>();
  private final List<Transport> transports = new ArrayList<>();
  private final List<FrameCodec> frameCodecs = new ArrayList<>();
  private final List<PayloadCodec> payloadCodecs = new ArrayList<>();
  private @Nullable TlsOptions tls;

  ServerBuilder() {}

  /// Listens on this TCP port of all interfaces; 0 takes a free one. The default is 8888.
  public ServerBuilder port(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port: %d (expected: 0..%d)".formatted(port, MAX_PORT));
    }
    return address(new InetSocketAddress(port));
  }

  /// Listens here: a TCP address or a unix socket.
  public ServerBuilder address(SocketAddress address) {
    this.address = address;
    return this;
  }

  /// Serves one more service: `service(EchoService.serve(new EchoHandler()))`.
  public ServerBuilder service(Service service) {
    services.add(Objects.requireNonNull(service, "service"));
    return this;
  }

  /// Serves one more service, which also answers callers that name none when it and others have the
  /// method. There may be one of the kind.
  public ServerBuilder fallbackService(Service service) {
    if (fallback != null) {
      throw new IllegalArgumentException(
          "fallbackService: %s and %s (expected: one)".formatted(fallback.name(), service.name()));
    }
    fallback = service;
    return service(service);
  }

  /// Refuses callers that name no service, as those over Framed and Buffered cannot. Services may
  /// then have methods of the same names. Off by default.
  public ServerBuilder requireServiceName(boolean requireServiceName) {
    this.requireServiceName = requireServiceName;
    return this;
  }

  /// Answers the calls of unknown services and methods by `handler`, and not with an error: those
  /// of Thrift, over any protocol.
  public ServerBuilder unknown(RawHandler handler) {
    unknown = handler;
    return this;
  }

  /// Tells `listener` of every call, after those added before.
  public ServerBuilder listener(CallListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /// Adds a step around every call, inside of those added before.
  public ServerBuilder middleware(Middleware middleware) {
    this.middleware.add(Objects.requireNonNull(middleware, "middleware"));
    return this;
  }

  /// Adds a step around every stream, inside of those added before.
  public ServerBuilder streamMiddleware(StreamMiddleware middleware) {
    streamMiddleware.add(Objects.requireNonNull(middleware, "middleware"));
    return this;
  }

  /// How many bytes of one stream may wait for its handler to receive them, before its client has
  /// to wait. The default is 128 KiB. Of the built-in streams; a [#transport] has its own.
  public ServerBuilder streamWindowBytes(int streamWindowBytes) {
    this.streamWindowBytes = streamWindowBytes;
    return this;
  }

  /// How many streams of one connection may run at once; a stream beyond is refused. The default is
  /// 256. Of the built-in streams; a [#transport] has its own.
  public ServerBuilder maxStreams(int maxStreams) {
    this.maxStreams = maxStreams;
    return this;
  }

  /// How many calls and streams may run at once, over all connections. One beyond is refused at
  /// once, before its arguments are read, and its caller told that it may try again: see
  /// [io.windhover.rpc.RpcException#isSafeToRetry()]. By default there is no such limit, since only
  /// who knows the handlers can tell what they bear.
  public ServerBuilder maxCalls(int maxCalls) {
    this.maxCalls = maxCalls;
    return this;
  }

  /// Refuses larger requests and replies, in bytes. The default is 16 MiB, the most 256 MiB.
  public ServerBuilder maxMessageBytes(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
    return this;
  }

  /// How long calls may take whose callers do not say: those over Framed and Buffered. By default
  /// there is no end to them.
  public ServerBuilder defaultTimeout(Duration defaultTimeout) {
    this.defaultTimeout = defaultTimeout;
    return this;
  }

  /// How long any call may take, whatever its caller asks for. By default there is no such limit.
  public ServerBuilder maxTimeout(Duration maxTimeout) {
    this.maxTimeout = maxTimeout;
    return this;
  }

  /// How long [Server#stop] waits for calls under way. The default is 5 s.
  public ServerBuilder stopTimeout(Duration stopTimeout) {
    this.stopTimeout = stopTimeout;
    return this;
  }

  /// Whether the server stops when its process is told to end: by SIGTERM, SIGINT or [System#exit].
  /// On by default. A second signal ends the waiting for calls under way.
  public ServerBuilder stopOnShutdown(boolean stopOnShutdown) {
    this.stopOnShutdown = stopOnShutdown;
    return this;
  }

  /// How long [Server#stop] goes on as before once the stop hooks are done and readiness has ended,
  /// so that callers can learn of it. None by default.
  public ServerBuilder stopDelay(Duration stopDelay) {
    this.stopDelay = stopDelay;
    return this;
  }

  /// Adds a step for when the server listens, such as to register its address. It is ready once all
  /// are done, in the order in which they were added; if one throws, it stops, and [#start] throws
  /// that. Stopping interrupts a step that runs.
  public ServerBuilder onStart(Consumer<Server> step) {
    onStart.add(Objects.requireNonNull(step, "step"));
    return this;
  }

  /// Adds a step for when the server begins to stop and still answers calls, such as to unregister
  /// its address. What it throws is logged.
  public ServerBuilder onStop(Consumer<Server> step) {
    onStop.add(Objects.requireNonNull(step, "step"));
    return this;
  }

  /// Tells `listener` of each change of [Server#isReady].
  public ServerBuilder onReadiness(Consumer<Boolean> listener) {
    readiness.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /// Applies a bundle of options that belong together: as if they were set here, one by one.
  ///
  /// @param name for errors, and for who reads this
  public ServerBuilder suite(String name, Consumer<ServerBuilder> suite) {
    try {
      suite.accept(this);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("suite %s: %s".formatted(name, e.getMessage()), e);
    }
    return this;
  }

  /// How many connections may be open at once; further ones are accepted and closed. The default is
  /// 10,000.
  public ServerBuilder maxConnections(int maxConnections) {
    pollers.maxConnections(maxConnections);
    return this;
  }

  /// Asks `filter` about every connection and every frame, after those added before.
  public ServerBuilder connectionFilter(ConnectionFilter filter) {
    filters.add(Objects.requireNonNull(filter, "filter"));
    return this;
  }

  /// How many threads serve the sockets. The default is one for four cores.
  public ServerBuilder pollers(int pollers) {
    this.pollers.pollers(pollers);
    return this;
  }

  /// Runs calls on the threads that serve the sockets, and not each on a virtual thread of its own:
  /// for handlers, middleware and listeners that only compute. It saves a small call a sixth of its
  /// cost on a single core. Whoever waits there (for a lock, a file, a database, another service)
  /// keeps all connections of that thread waiting; the log says so when a call takes over 20 ms.
  /// Streams have virtual threads in any case, and so have calls over a [#transport] that gives
  /// them some, as that of gRPC does. Off by default.
  public ServerBuilder runOnPollers(boolean runOnPollers) {
    this.runOnPollers = runOnPollers;
    return this;
  }

  /// How many connections may wait to be accepted; the kernel may allow fewer. The default is 4096.
  public ServerBuilder backlog(int backlog) {
    listener.backlog(backlog);
    return this;
  }

  /// Whether others that ask for the same may listen on the port too (`SO_REUSEPORT`), such as a
  /// new process beside an old one. Off by default.
  public ServerBuilder sharesPort(boolean sharesPort) {
    listener.sharesPort(sharesPort);
    return this;
  }

  /// Closes new connections that say nothing for so long. The default is 10 s.
  public ServerBuilder firstByteTimeout(Duration firstByteTimeout) {
    connection.firstByteTimeout(firstByteTimeout);
    return this;
  }

  /// Closes connections that pause for so long in the middle of a message. The default is 30 s.
  public ServerBuilder frameTimeout(Duration frameTimeout) {
    connection.frameTimeout(frameTimeout);
    return this;
  }

  /// Closes connections on which a message has taken longer than the [#frameTimeout] and has come
  /// at less than so many bytes a second since: a byte now and then is no way to keep one open. The
  /// default is 1024; 0 turns it off.
  public ServerBuilder minFrameBytesPerSecond(int minFrameBytesPerSecond) {
    connection.minFrameBytesPerSecond(minFrameBytesPerSecond);
    return this;
  }

  /// Closes connections that are silent in both directions for so long. The default is 10 min.
  public ServerBuilder idleTimeout(Duration idleTimeout) {
    connection.idleTimeout(idleTimeout);
    return this;
  }

  /// Secures all connections; with [io.windhover.netpoll.tls.ClientAuthentication#REQUIRED] in it,
  /// callers too must prove who they are. Without it they are plain. If these options have no
  /// protocols for ALPN, those of the [transports][#transport] are offered.
  public ServerBuilder tls(TlsOptions tls) {
    this.tls = tls;
    return this;
  }

  /// Whether callers are told what a failed handler threw. Off by default, since it can hold
  /// secrets: callers get an id, and the server's log has the stack trace under it.
  public ServerBuilder exposeFailures(boolean exposeFailures) {
    this.exposeFailures = exposeFailures;
    return this;
  }

  /// Lets `handler` read keys of its own from the headers of requests and write into those of
  /// replies, after those added before.
  public ServerBuilder metadataHandler(MetadataHandler handler) {
    metadataHandlers.add(Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /// Lets `handler` decide what callers are told of what handlers throw, those of streams too; in
  /// the place of one that was set before. By default callers get an id, see [#exposeFailures].
  public ServerBuilder errorHandler(ServerErrorHandler handler) {
    this.errorHandler = handler;
    return this;
  }

  /// Sends a checksum of the payload (CRC-32C) with every reply over TTHeader. Off by default.
  /// Those of requests are checked in any case.
  public ServerBuilder checksums(boolean checksums) {
    this.checksums = checksums;
    return this;
  }

  /// Compresses replies of more than so many bytes over TTHeader for the callers that ask for it
  /// (see `compression` of the client), and takes compressed requests of them. Off by default.
  public ServerBuilder compressAbove(int bytes) {
    this.compressAbove = bytes;
    return this;
  }

  /// Serves connections of one more protocol on the same port, before what is built in and after
  /// those added before.
  public ServerBuilder transport(Transport transport) {
    transports.add(Objects.requireNonNull(transport, "transport"));
    return this;
  }

  /// Serves connections whose frames are of this codec, on the same port. It is asked after
  /// [transports][#transport] and before what is built in.
  public ServerBuilder frameCodec(FrameCodec codec) {
    frameCodecs.add(Objects.requireNonNull(codec, "codec"));
    return this;
  }

  /// Answers calls whose payloads are of this codec in it, whether they come Framed or over
  /// TTHeader. Thrift's binary protocol is asked first, then these in the order in which they were
  /// added.
  public ServerBuilder payloadCodec(PayloadCodec codec) {
    payloadCodecs.add(Objects.requireNonNull(codec, "codec"));
    return this;
  }

  /// Starts listening, and runs the start hooks.
  ///
  /// @throws IOException if the address cannot be had, such as a port in use
  /// @throws IllegalArgumentException if there is no service, two with one name, or two with a
  ///   method of one name and nothing that says which of them answers callers that name none
  public Server start() throws IOException {
    var limits = WireLimits.ofMessageBytes(maxMessageBytes);
    var extensions = Extensions.of(transports, frameCodecs, payloadCodecs);
    if (tls != null) {
      connection.tls(tls.offering(extensions.applicationProtocols()));
    }
    var options =
        new ServerOptions(
            address,
            limits,
            new StreamOptions(limits, streamWindowBytes, maxStreams),
            connection.build(),
            new TimeoutPolicy(defaultTimeout, maxTimeout),
            new PayloadForm(checksums, null, compressAbove),
            pollers.build(),
            listener.build(),
            new LifeCycleOptions(
                onStart, onStop, readiness, stopDelay, stopTimeout, stopOnShutdown));
    var routing =
        new Routing(
            services,
            fallback,
            requireServiceName,
            unknown == null ? null : new RawEndpoint(unknown),
            middleware,
            streamMiddleware);
    var parts =
        new ServerParts(
            new Router(routing, extensions::carries, extensions::areNamed),
            new CallLimit(maxCalls),
            new HandlerFailures(exposeFailures, errorHandler),
            CallListener.of(listeners),
            MetadataHandlers.of(metadataHandlers),
            extensions,
            new ConnectionFilters(filters),
            runOnPollers ? CallThreads.onPollers() : CallThreads.VIRTUAL);
    var server = new Server(options, parts);
    server.begin(parts.router().serviceNames());
    return server;
  }
}
