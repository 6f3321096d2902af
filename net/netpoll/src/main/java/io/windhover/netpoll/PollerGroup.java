package io.windhover.netpoll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A few threads that wait for all sockets: where listening and dialling start.
///
/// Its owner closes it, and with it every listener and connection it made. The threads are daemons
/// named `windhover-poller-N`.
public final class PollerGroup implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(PollerGroup.class.getName());

  /// Connections open at once in one group; further ones are accepted and closed.
  public static final int MAX_CONNECTIONS = 10_000;

  private static final int BACKLOG = 4096;
  private static final int CORES_PER_POLLER = 4;

  private final List<NioPoller> pollers = new ArrayList<>();
  private final LongSupplier nanoClock;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  private PollerGroup(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /// Starts a poller for every four cores, one at least: on few cores a second one costs more in
  /// wake-ups than it brings (`docs/decisions/0003-threads.md`).
  ///
  /// @throws UncheckedIOException if the process is out of descriptors
  public static PollerGroup start() {
    int cores = Runtime.getRuntime().availableProcessors();
    return start(Math.max(1, cores / CORES_PER_POLLER), System::nanoTime, Duration.ofSeconds(1));
  }

  /// @param sweepInterval how often timeouts are looked at
  static PollerGroup start(int pollers, LongSupplier nanoClock, Duration sweepInterval) {
    var group = new PollerGroup(nanoClock);
    try {
      for (int i = 0; i < pollers; i++) {
        var poller = new NioPoller("windhover-poller-" + i, nanoClock, sweepInterval.toNanos());
        group.pollers.add(poller);
        poller.start();
      }
      return group;
    } catch (IOException e) {
      group.close();
      throw new UncheckedIOException("cannot start a poller", e);
    }
  }

  /// Accepts connections at `address` until the listener or this group is closed.
  ///
  /// @param address TCP, port 0 for a free one, or a unix socket; a socket file that a dead server
  ///   left is replaced
  /// @param handlers asked for one handler for each connection, on a poller
  /// @throws IOException if the address cannot be had
  public Listener listen(
      SocketAddress address, ConnectionOptions options, Supplier<FrameHandler> handlers)
      throws IOException {
    return new Listener(
        next().listen(address, BACKLOG, socket -> accept(socket, options, handlers)));
  }

  private void accept(
      PolledSocket socket, ConnectionOptions options, Supplier<FrameHandler> handlers) {
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      connections.decrementAndGet();
      socket.close();
      return;
    }
    var poller = next();
    poller.execute(
        () -> {
          try {
            establish(poller, socket, handlers.get(), options, true);
          } catch (IOException e) { // the peer has gone already
            LOG.log(Level.DEBUG, "an accepted connection was gone", e);
          }
        });
  }

  /// Connects and returns once the connection is there, or cannot be.
  ///
  /// @param timeout for connecting
  /// @throws IOException if it failed: refused, timed out, unreachable, no such socket file; the
  ///   handler is then not called
  public Connection dial(
      SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler)
      throws IOException {
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      connections.decrementAndGet();
      throw new IOException(
          "all %,d connections of this process's pollers are in use".formatted(MAX_CONNECTIONS));
    }
    var poller = next();
    var dialling =
        new Dialling(
            poller,
            address,
            socket -> establish(poller, socket, handler, options, false),
            connections::decrementAndGet);
    return dialling.await(timeout);
  }

  /// Makes a connection of a socket; on `poller`. The connection has been counted.
  private PolledConnection establish(
      Poller poller,
      PolledSocket socket,
      FrameHandler handler,
      ConnectionOptions options,
      boolean expectsFirstByte)
      throws IOException {
    var connection =
        new PolledConnection(
            poller,
            socket,
            handler,
            options,
            nanoClock,
            expectsFirstByte,
            connections::decrementAndGet);
    try {
      poller.adopt(socket, connection);
    } catch (IOException e) {
      connections.decrementAndGet();
      socket.close();
      throw e;
    }
    connection.open();
    return connection;
  }

  /// Returns how many connections are open, dialled and accepted ones.
  public int openConnections() {
    return connections.get();
  }

  @Override
  public void close() {
    pollers.forEach(NioPoller::close);
  }

  private NioPoller next() {
    return pollers.get(Math.floorMod(turn.getAndIncrement(), pollers.size()));
  }
}
