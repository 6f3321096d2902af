package io.windhover.rpc.server;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.Listener;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.stream.StreamDispatcher;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.wire.ConnectionKind;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireLimits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
/// ```
///   RUNNING --stop--> STOPPING --calls under way end, or stopTimeout--> STOPPED
/// ```
public final class Server implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Server.class.getName());

  /// How long a connection on which nothing happens stays open when the server stops: a request may
  /// be on its way, and a peer that sends one is told. Kitex waits as long.
  private static final long FINISH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private enum State {
    RUNNING,
    STOPPING,
    STOPPED
  }

  private final ServerOptions options;
  private final PollerGroup pollers;
  private final DeadlineWatch watch;
  private final InProcess inProcess;
  private final Listener listener;
  private final Set<FrontDoor> connections = ConcurrentHashMap.newKeySet();
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final Semaphore gone = new Semaphore(0); // a permit whenever the last connection goes
  private final CountDownLatch stopped = new CountDownLatch(1);

  private final StreamDispatcher streams;

  private Server(
      ServerOptions options, Router router, StreamDispatcher streams, CallListener listener)
      throws IOException {
    this.options = options;
    this.streams = streams;
    var limits = options.limits();
    var objects = RequestObjects.ofHeap();
    var budget = RequestBudget.ofHeap();
    this.pollers = PollerGroup.start();
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
            this::isStopping,
            listener);
    this.inProcess = new InProcess(router, options.timeouts(), runner);
    try {
      this.listener =
          pollers.listen(
              options.address(),
              options.connection(),
              () ->
                  new FrontDoor(
                      kind -> serve(kind, dispatcher, budget), this::opened, this::closed));
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
          new MuxServerConnection(options.limits(), dispatcher, budget, options.leaveTimeout());
      case STREAMS -> new ServedStreams(options.streams(), streams);
    };
  }

  private boolean isStopping() {
    return state.get() != State.RUNNING;
  }

  /// Either [#stop] meets the connection here, or the connection meets that the server stops.
  private void opened(FrontDoor connection) {
    connections.add(connection);
    if (isStopping()) {
      connection.finish();
    }
  }

  private void closed(FrontDoor connection) {
    connections.remove(connection);
    if (isStopping() && connections.isEmpty()) {
      gone.release(); // to be looked at again: the listener may have accepted one more
    }
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

  /// Stops: no new connections, calls under way or on their way may end within the stop timeout,
  /// callers over TTHeader are told to go elsewhere, then everything closes. Connections on which
  /// nothing happens close after a tenth of a second. Returns when all is closed; a second call
  /// waits for the first. A handler that calls this would wait for itself, until the stop timeout:
  /// let it start a thread that does.
  public void stop() {
    if (!state.compareAndSet(State.RUNNING, State.STOPPING)) {
      awaitStop();
      return;
    }
    try {
      listener.close();
      if (!finishConnections()) {
        LOG.log(
            Level.WARNING,
            "stopping with calls under way on {0} connections after {1}",
            connections.size(),
            options.stopTimeout());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stop at once
    } finally {
      pollers.close();
      watch.close();
      state.set(State.STOPPED);
      stopped.countDown();
    }
  }

  /// @return whether all connections closed in time
  private boolean finishConnections() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(options.stopTimeout());
    connections.forEach(FrontDoor::finish);
    if (areGoneBy(System.nanoTime() + Math.min(FINISH_NANOS, deadline - System.nanoTime()))) {
      return true;
    }
    connections.forEach(FrontDoor::drain);
    return areGoneBy(deadline);
  }

  private boolean areGoneBy(long deadline) throws InterruptedException {
    while (!connections.isEmpty()) {
      if (!gone.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return connections.isEmpty();
      }
    }
    return true;
  }

  /// Blocks until the server has stopped, or the thread is interrupted, which then stays so.
  public void awaitStop() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
    private Duration stopTimeout = Duration.ofSeconds(5);
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

    /// Starts listening.
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
              stopTimeout,
              exposeFailures,
              new PayloadForm(checksums, null, compressAbove));
      var routing = new Routing(services, fallback, requireServiceName, unknown, middleware);
      return new Server(
          options,
          new Router(routing),
          new StreamDispatcher(services, streamMiddleware, exposeFailures),
          CallListener.of(listeners));
    }
  }
}
