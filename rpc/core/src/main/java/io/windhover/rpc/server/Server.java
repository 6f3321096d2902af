package io.windhover.rpc.server;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.Listener;
import io.windhover.netpoll.ListenerOptions;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.PollerOptions;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.stream.StreamDispatcher;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.wire.ConnectionKind;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireLimits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running server: one port, any number of services, every protocol of
/// [io.windhover.rpc.Protocol].
///
/// ```java
/// Server.builder()
///     .port(8888)
///     .service(EchoService.serve(new EchoHandler()))
///     .start()
///     .awaitStop();
/// ```
///
/// Calls run on virtual threads, so handlers may block. A handler's thread is interrupted when its
/// deadline passes or its caller's connection is reset. All methods may be called from any thread.
///
/// It stops by [#stop], and when its process is told to end: `awaitStop()` is all that a main
/// method needs. In which order, `docs/guides/server.md` tells.
public final class Server implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Server.class.getName());

  private final ServerOptions options;
  private final PollerGroup pollers;
  private final DeadlineWatch watch;
  private final InProcess inProcess;
  private final Listener listener;
  private final Connections connections = new Connections();
  private final LifeCycle lifeCycle;
  private final StreamDispatcher streams;

  private Server(
      ServerOptions options,
      Router router,
      StreamDispatcher streams,
      RequestObjects objects,
      CallListener listener)
      throws IOException {
    this.options = options;
    this.streams = streams;
    this.lifeCycle = new LifeCycle(this, options.lifeCycle());
    var limits = options.limits();
    var budget = RequestBudget.ofHeap();
    this.pollers = PollerGroup.start(options.pollers());
    this.watch = DeadlineWatch.start();
    var runner = new CallRunner(watch::watch, options.exposeFailures());
    var dispatcher =
        new Dispatcher(
            router,
            limits,
            objects,
            options.timeouts(),
            runner,
            options.payloads(),
            connections::isFinishing,
            listener);
    this.inProcess = new InProcess(router, options.timeouts(), runner, connections::isFinishing);
    try {
      this.listener =
          pollers.listen(
              options.address(),
              options.listener(),
              options.connection(),
              () ->
                  new FrontDoor(
                      kind -> serve(kind, dispatcher, budget),
                      connections::opened,
                      connections::closed));
    } catch (IOException | RuntimeException | Error e) {
      watch.close();
      pollers.close();
      throw e;
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  private ServedConnection serve(ConnectionKind kind, Dispatcher dispatcher, RequestBudget budget) {
    return switch (kind) {
      case CALLS -> new ServerConnection(options.limits(), dispatcher, budget);
      case MUX ->
          new MuxServerConnection(
              options.limits(), dispatcher, budget, options.lifeCycle().leaveTimeout());
      case STREAMS -> new ServedStreams(options.streams(), streams);
    };
  }

  private void begin(String services) {
    LOG.log(Level.INFO, "listening on {0} for {1} over {2}", address(), services, protocols());
    try {
      lifeCycle.start();
    } catch (RuntimeException | Error e) { // of a hook, or the process is ending
      stopNow();
      throw e;
    }
  }

  private String protocols() {
    var all = "Buffered, Framed, TTHeader, multiplexed TTHeader, TTHeader Streaming";
    return options.connection().tls() == null ? all : all + ", all in TLS";
  }

  /// Returns where this server listens; with port 0 asked for, the port that was chosen.
  public SocketAddress address() {
    return listener.address();
  }

  /// Returns the TCP port.
  ///
  /// @throws IllegalStateException if this server listens on a unix socket
  public int port() {
    if (address() instanceof InetSocketAddress tcp) {
      return tcp.getPort();
    }
    throw new IllegalStateException("no port: this server listens on " + address());
  }

  /// Returns what calls this server's services from within this process, without a connection.
  public InProcess inProcess() {
    return inProcess;
  }

  /// Whether this server has started and is not about to stop: what a probe asks for. Calls are
  /// answered before and after, too.
  public boolean isReady() {
    return lifeCycle.isReady();
  }

  /// Stops in good order. Stop hooks run, readiness ends, the stop delay passes; then there are no
  /// new connections, callers over TTHeader are told to go elsewhere, calls under way or on their
  /// way may end within the stop timeout, and are interrupted after it; then everything closes.
  /// Connections on which nothing happens close after a tenth of a second.
  ///
  /// Returns when all is closed; a second call waits for the first. A handler that calls this would
  /// wait for itself, until the stop timeout: let it start a thread that does.
  public void stop() {
    long begin = System.nanoTime();
    if (!lifeCycle.beginStop()) {
      awaitStop();
      return;
    }
    try {
      listener.close();
      long timeout = TimeUnit.NANOSECONDS.convert(options.lifeCycle().stopTimeout());
      if (!connections.finish(timeout)) {
        connections.cancel();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stop at once
    } finally {
      pollers.close();
      watch.close();
      lifeCycle.endStop(begin);
    }
  }

  /// Stops without waiting for calls under way: they are interrupted. Makes a [#stop] that waits go
  /// on, too.
  public void stopNow() {
    lifeCycle.hurry();
    connections.hurry();
    stop();
  }

  /// Blocks until the server has stopped, or the thread is interrupted, which then stays so.
  public void awaitStop() {
    lifeCycle.awaitStopped();
  }

  /// The same as [#stop].
  @Override
  public void close() {
    stop();
  }

  /// Collects what a server serves and how.
  public static final class Builder {
    private final List<Service> services = new ArrayList<>();
    private final List<Middleware> middleware = new ArrayList<>();
    private final List<CallListener> listeners = new ArrayList<>();
    private final List<StreamMiddleware> streamMiddleware = new ArrayList<>();
    private final ConnectionOptions.Builder connection = ConnectionOptions.builder();
    private SocketAddress address = new InetSocketAddress(8888);
    private int maxMessageBytes = 16 << 20;
    private int streamWindowBytes = StreamOptions.DEFAULT_WINDOW_BYTES;
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
    private boolean checksums;
    private int compressAbove = PayloadForm.NEVER;
    private @Nullable Service fallback;
    private boolean requireServiceName;
    private @Nullable RawHandler unknown;

    private Builder() {}

    /// Listens on this TCP port of all interfaces; 0 takes a free one. The default is 8888.
    public Builder port(int port) {
      return address(new InetSocketAddress(port));
    }

    /// Listens here: a TCP address or a unix socket.
    public Builder address(SocketAddress address) {
      this.address = address;
      return this;
    }

    /// Serves one more service: `service(EchoService.serve(new EchoHandler()))`.
    public Builder service(Service service) {
      services.add(service);
      return this;
    }

    /// Serves one more service, which also answers callers that name none when it and others have
    /// the method. There may be one of the kind.
    public Builder fallbackService(Service service) {
      if (fallback != null) {
        throw new IllegalArgumentException(
            "fallbackService: %s and %s (expected: one)"
                .formatted(fallback.name(), service.name()));
      }
      fallback = service;
      return service(service);
    }

    /// Refuses callers that name no service, as those over Framed and Buffered cannot. Services may
    /// then have methods of the same names. Off by default.
    public Builder requireServiceName(boolean requireServiceName) {
      this.requireServiceName = requireServiceName;
      return this;
    }

    /// Answers the calls of unknown services and methods by `handler`, and not with an error.
    public Builder unknown(RawHandler handler) {
      unknown = handler;
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

    /// Adds a step around every stream, inside of those added before.
    public Builder streamMiddleware(StreamMiddleware middleware) {
      streamMiddleware.add(middleware);
      return this;
    }

    /// How many bytes of one stream may wait for its handler to receive them, before its client has
    /// to wait. The default is 128 KiB.
    public Builder streamWindowBytes(int streamWindowBytes) {
      this.streamWindowBytes = streamWindowBytes;
      return this;
    }

    /// How many streams of one connection may run at once; a stream beyond is refused. The default
    /// is 256.
    public Builder maxStreams(int maxStreams) {
      this.maxStreams = maxStreams;
      return this;
    }

    /// Refuses larger requests and replies, in bytes. The default is 16 MiB, the most 256 MiB.
    public Builder maxMessageBytes(int maxMessageBytes) {
      this.maxMessageBytes = maxMessageBytes;
      return this;
    }

    /// How long calls may take whose callers do not say: those over Framed and Buffered. By default
    /// there is no end to them.
    public Builder defaultTimeout(Duration defaultTimeout) {
      this.defaultTimeout = defaultTimeout;
      return this;
    }

    /// How long any call may take, whatever its caller asks for. By default there is no such limit.
    public Builder maxTimeout(Duration maxTimeout) {
      this.maxTimeout = maxTimeout;
      return this;
    }

    /// How long [Server#stop] waits for calls under way. The default is 5 s.
    public Builder stopTimeout(Duration stopTimeout) {
      this.stopTimeout = stopTimeout;
      return this;
    }

    /// Whether the server stops when its process is told to end: by SIGTERM, SIGINT or
    /// [System#exit]. On by default. A second signal ends the waiting for calls under way.
    public Builder stopOnShutdown(boolean stopOnShutdown) {
      this.stopOnShutdown = stopOnShutdown;
      return this;
    }

    /// How long [Server#stop] goes on as before once the stop hooks are done and readiness has
    /// ended, so that callers can learn of it. None by default.
    public Builder stopDelay(Duration stopDelay) {
      this.stopDelay = stopDelay;
      return this;
    }

    /// Adds a step for when the server listens, such as to register its address. It is ready once
    /// all are done, in the order in which they were added; if one throws, it stops, and [#start]
    /// throws that. Stopping interrupts a step that runs.
    public Builder onStart(Consumer<Server> step) {
      onStart.add(step);
      return this;
    }

    /// Adds a step for when the server begins to stop and still answers calls, such as to
    /// unregister its address. What it throws is logged.
    public Builder onStop(Consumer<Server> step) {
      onStop.add(step);
      return this;
    }

    /// Tells `listener` of each change of [Server#isReady].
    public Builder onReadiness(Consumer<Boolean> listener) {
      readiness.add(listener);
      return this;
    }

    /// Applies a bundle of options that belong together: as if they were set here, one by one.
    ///
    /// @param name for errors, and for who reads this
    public Builder suite(String name, Consumer<Builder> suite) {
      try {
        suite.accept(this);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("suite %s: %s".formatted(name, e.getMessage()), e);
      }
      return this;
    }

    /// How many connections may be open at once; further ones are accepted and closed. The default
    /// is 10,000.
    public Builder maxConnections(int maxConnections) {
      pollers.maxConnections(maxConnections);
      return this;
    }

    /// How many threads serve the sockets. The default is one for four cores.
    public Builder pollers(int pollers) {
      this.pollers.pollers(pollers);
      return this;
    }

    /// How many connections may wait to be accepted; the kernel may allow fewer. The default is
    /// 4096.
    public Builder backlog(int backlog) {
      listener.backlog(backlog);
      return this;
    }

    /// Whether others that ask for the same may listen on the port too (`SO_REUSEPORT`), such as a
    /// new process beside an old one. Off by default.
    public Builder sharesPort(boolean sharesPort) {
      listener.sharesPort(sharesPort);
      return this;
    }

    /// Closes new connections that say nothing for so long. The default is 10 s.
    public Builder firstByteTimeout(Duration firstByteTimeout) {
      connection.firstByteTimeout(firstByteTimeout);
      return this;
    }

    /// Closes connections that pause for so long in the middle of a message. The default is 30 s.
    public Builder frameTimeout(Duration frameTimeout) {
      connection.frameTimeout(frameTimeout);
      return this;
    }

    /// Closes connections that are silent in both directions for so long. The default is 10 min.
    public Builder idleTimeout(Duration idleTimeout) {
      connection.idleTimeout(idleTimeout);
      return this;
    }

    /// Secures all connections; with [io.windhover.netpoll.tls.ClientAuthentication#REQUIRED] in
    /// it, callers too must prove who they are. Without it they are plain.
    public Builder tls(TlsOptions tls) {
      connection.tls(tls);
      return this;
    }

    /// Whether callers are told what a failed handler threw. Off by default, since it can hold
    /// secrets: callers get an id, and the server's log has the stack trace under it.
    public Builder exposeFailures(boolean exposeFailures) {
      this.exposeFailures = exposeFailures;
      return this;
    }

    /// Sends a checksum of the payload (CRC-32C) with every reply over TTHeader. Off by default.
    /// Those of requests are checked in any case.
    public Builder checksums(boolean checksums) {
      this.checksums = checksums;
      return this;
    }

    /// Compresses replies of more than so many bytes over TTHeader for the callers that ask for it
    /// (see `compression` of the client), and takes compressed requests of them. Off by default.
    public Builder compressAbove(int bytes) {
      this.compressAbove = bytes;
      return this;
    }

    /// Starts listening, and runs the start hooks.
    ///
    /// @throws IOException if the address cannot be had, such as a port in use
    /// @throws IllegalArgumentException if there is no service, two with one name, or two with a
    ///   method of one name and nothing that says which of them answers callers that name none
    public Server start() throws IOException {
      var limits = WireLimits.ofMessageBytes(maxMessageBytes);
      var options =
          new ServerOptions(
              address,
              limits,
              new StreamOptions(limits, streamWindowBytes, maxStreams),
              connection.build(),
              new TimeoutPolicy(defaultTimeout, maxTimeout),
              exposeFailures,
              new PayloadForm(checksums, null, compressAbove),
              pollers.build(),
              listener.build(),
              new LifeCycleOptions(
                  onStart, onStop, readiness, stopDelay, stopTimeout, stopOnShutdown));
      var routing = new Routing(services, fallback, requireServiceName, unknown, middleware);
      var router = new Router(routing);
      var objects = RequestObjects.ofHeap();
      var streams = new StreamDispatcher(services, streamMiddleware, exposeFailures, objects);
      var server = new Server(options, router, streams, objects, CallListener.of(listeners));
      server.begin(router.serviceNames());
      return server;
    }
  }
}
