package io.windhover.rpc.server;

import io.windhover.netpoll.Listener;
import io.windhover.netpoll.PollerGroup;
import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.server.dispatch.CallPath;
import io.windhover.rpc.server.dispatch.CallRunner;
import io.windhover.rpc.server.dispatch.Dispatcher;
import io.windhover.rpc.server.dispatch.ReplyWriter;
import io.windhover.rpc.server.dispatch.RequestBudget;
import io.windhover.rpc.server.dispatch.RoutedCalls;
import io.windhover.rpc.server.dispatch.StreamDispatcher;
import io.windhover.rpc.time.Lookout;
import io.windhover.rpc.transport.Transport;
import io.windhover.rpc.wire.ConnectionKind;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.RequestObjects;
import io.windhover.rpc.wire.WireFormats;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
  private final ServerParts parts;
  private final PollerGroup pollers;
  private final Lookout lookout;
  private final RequestBudget budget = RequestBudget.ofHeap();
  private final RequestObjects objects = RequestObjects.ofHeap();
  private final Connections connections = new Connections();
  private final LifeCycle lifeCycle;
  private final CallPath path;
  private final InProcess inProcess;
  private final Listener listener;

  Server(ServerOptions options, ServerParts parts) throws IOException {
    this.options = options;
    this.parts = parts;
    this.lifeCycle = new LifeCycle(this, options.lifeCycle());
    this.pollers = PollerGroup.start(options.pollers());
    this.lookout = Lookout.start("windhover-deadlines");
    try {
      this.path =
          new CallPath(
              parts.router(),
              options.timeouts(),
              parts.limit(),
              new CallRunner(slot -> slot.watchBy(lookout), parts.failures()),
              parts.listener());
      this.inProcess = new InProcess(path, connections);
      var transports = transports();
      var calls =
          new RoutedCalls(path, options.limits(), budget, objects, connections::isFinishing);
      var unserved = new LogGate(LOG);
      this.listener =
          pollers.listen(
              options.address(),
              options.listener(),
              options.connection(),
              () ->
                  parts
                      .filters()
                      .before(
                          new FrontDoor(
                              transports,
                              calls,
                              connections::opened,
                              connections::closed,
                              unserved)));
    } catch (IOException | RuntimeException | Error e) {
      lookout.close();
      pollers.close();
      throw e;
    }
  }

  public static ServerBuilder builder() {
    return new ServerBuilder();
  }

  /// Returns what connections there are: those of others first, and last the kind that takes all.
  private List<Transport> transports() {
    var limits = options.limits();
    var threads = parts.threads();
    var extensions = parts.extensions();
    var all = new ArrayList<>(extensions.transports());
    for (var codec : extensions.frameCodecs()) {
      var ofCodec = dispatcher(extensions.formats().in(codec), PayloadForm.PLAIN);
      all.add(
          new FrameCodecTransport(
              codec, () -> new ServerConnection(limits, ofCodec, budget, threads)));
    }
    var dispatcher = dispatcher(extensions.formats(), options.payloads());
    var streams = new StreamDispatcher(path);
    var leaveTimeout = options.lifeCycle().leaveTimeout();
    all.add(
        new BuiltInTransport(
            ConnectionKind.MUX,
            () -> new MuxServerConnection(limits, dispatcher, budget, threads, leaveTimeout)));
    all.add(
        new BuiltInTransport(
            ConnectionKind.STREAMS, () -> new ServedStreams(options.streams(), streams, objects)));
    all.add(
        new BuiltInTransport(
            ConnectionKind.CALLS, () -> new ServerConnection(limits, dispatcher, budget, threads)));
    return List.copyOf(all);
  }

  private Dispatcher dispatcher(WireFormats formats, PayloadForm payloads) {
    var replies = new ReplyWriter(options.limits(), formats, payloads, connections::isFinishing);
    return new Dispatcher(path, replies, objects, parts.metadata());
  }

  void begin(String services) {
    LOG.log(
        Level.INFO,
        "listening on {0} by {1} for {2} over {3}",
        address(),
        options.pollers().backend().description(),
        services,
        protocols());
    boolean started = false;
    try {
      lifeCycle.start();
      started = true;
    } finally {
      if (!started) { // a hook failed, or the process is ending
        stopNow();
      }
    }
  }

  private String protocols() {
    var all =
        "Buffered, Framed, TTHeader, multiplexed TTHeader, TTHeader Streaming"
            + parts.extensions().names();
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

  /// Returns what this server holds now. Cheap enough to be asked every second, also when it has
  /// stopped.
  public ServerState state() {
    return new ServerState(
        pollers.usage(),
        parts.limit().running(),
        parts.limit().refused(),
        budget.heldBytes(),
        budget.maxBytes());
  }

  /// Stops in good order. Stop hooks run, readiness ends, the stop delay passes; then there are no
  /// new connections, callers over TTHeader are told to go elsewhere, calls under way or on their
  /// way may end within the stop timeout, and are interrupted after it; then everything closes.
  /// Connections on which nothing happens close after a tenth of a second.
  ///
  /// Returns when all is closed, or 15.1 s after hooks, stop delay and stop timeout if something
  /// blocks its pollers; a second call waits for the first, unless it comes from a stop hook or a
  /// listener of the first. A handler that calls this would wait for itself, until the stop
  /// timeout: let it start a thread that does.
  public void stop() {
    long begin = System.nanoTime();
    if (!lifeCycle.beginStop()) {
      if (!lifeCycle.isStoppedHere()) {
        awaitStop();
      }
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
      connections.lose();
      pollers.close();
      lookout.close();
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
}
