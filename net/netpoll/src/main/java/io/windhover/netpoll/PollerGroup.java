package io.windhover.netpoll;

import io.windhover.buffer.NodePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A few threads that wait for all sockets: where listening and dialling start.
///
/// Its owner closes it, and with it every listener and connection it made. The threads are daemons
/// named `windhover-poller-N`.
public final class PollerGroup implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(PollerGroup.class.getName());

  private final List<Poller> pollers = new ArrayList<>();
  private final LongSupplier nanoClock;
  private final int maxConnections;
  private final LookUps lookUps;
  private final Handshakes handshakes;
  private final MemoryBudget budget = MemoryBudget.ofHeap();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean draining;
  private final Runnable onClosed = this::leave; // one for all connections

  private PollerGroup(LongSupplier nanoClock, int maxConnections, LookUps.Resolver resolver) {
    this.nanoClock = nanoClock;
    this.maxConnections = maxConnections;
    this.lookUps = new LookUps(resolver, LookUps.MAX_UNDER_WAY);
    this.handshakes = new Handshakes(budget, nanoClock, () -> draining);
  }

  /// Starts pollers with [PollerOptions#DEFAULT].
  ///
  /// @throws UncheckedIOException if the process is out of descriptors
  public static PollerGroup start() {
    return start(PollerOptions.DEFAULT);
  }

  /// @throws UncheckedIOException if the process is out of descriptors
  /// @throws UnsupportedOperationException if the back end is not available
  public static PollerGroup start(PollerOptions options) {
    return start(
        options.pollers(),
        options.backend().starter(options.spin().toNanos()),
        options.nanoClock(),
        options.sweepInterval(),
        options.maxConnections(),
        InetAddress::getAllByName);
  }

  /// @param sweepInterval how often timeouts are looked at
  /// @param resolver of the names that are dialled
  static PollerGroup start(
      int pollers,
      Poller.Starter starter,
      LongSupplier nanoClock,
      Duration sweepInterval,
      int maxConnections,
      LookUps.Resolver resolver) {
    var group = new PollerGroup(nanoClock, maxConnections, resolver);
    try {
      for (int i = 0; i < pollers; i++) {
        group.pollers.add(
            starter.start("windhover-poller-" + i, nanoClock, sweepInterval.toNanos()));
      }
      return group;
    } catch (IOException e) {
      group.close();
      throw new UncheckedIOException("cannot start a poller", e);
    } catch (RuntimeException | Error e) { // such as no memory for a thread
      group.close();
      throw e;
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
    return listen(address, ListenerOptions.DEFAULT, options, handlers);
  }

  /// The same, with options for the listener. Listeners of one group that share a port are on
  /// different pollers, as far as there are so many.
  ///
  /// @param options of the connections
  public Listener listen(
      SocketAddress address,
      ListenerOptions listenerOptions,
      ConnectionOptions options,
      Supplier<FrameHandler> handlers)
      throws IOException {
    if (listenerOptions.sharesPort() && !(address instanceof InetSocketAddress)) {
      throw new IllegalArgumentException("sharesPort: true (expected: false, or a TCP address)");
    }
    if (options.tls() != null) {
      options.tls().checkServer();
    }
    failIfDraining();
    var listener =
        next().listen(address, listenerOptions, socket -> accept(socket, options, handlers));
    if (draining) { // begun meanwhile, perhaps without this one
      listener.close();
      failIfDraining();
    }
    return new GroupListener(listener, this::awaitOpened);
  }

  /// Waits until each connection that was accepted before is open, on whichever poller.
  private void awaitOpened() {
    if (PollerThread.isCurrent()) {
      return;
    }
    var opened = new CountDownLatch(pollers.size());
    for (var poller : pollers) {
      if (!poller.execute(opened::countDown)) {
        opened.countDown();
      }
    }
    try {
      var _ = opened.await(Poller.WAIT_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(
      PolledSocket socket, ConnectionOptions options, Supplier<FrameHandler> handlers) {
    if (!enter()) {
      refused.incrementAndGet();
      LOG.log(Level.DEBUG, "refused: all {0} connections are in use", maxConnections);
      socket.close();
      return;
    }
    try {
      handOver(next(), socket, options, handlers);
    } catch (RuntimeException | Error e) { // such as want of memory
      leave();
      socket.close();
      throw e;
    }
  }

  private void handOver(
      Poller poller,
      PolledSocket socket,
      ConnectionOptions options,
      Supplier<FrameHandler> handlers) {
    var tls = options.tls();
    if (tls != null) {
      handshakes.accept(
          poller,
          socket,
          tls,
          secured -> establish(poller, secured, options, handlers),
          this::leave);
    } else if (!poller.execute(() -> establish(poller, socket, options, handlers))) {
      leave();
      socket.close();
    }
  }

  private void establish(
      Poller poller,
      PolledSocket socket,
      ConnectionOptions options,
      Supplier<FrameHandler> handlers) {
    try {
      establish(poller, socket, handlers.get(), options, true);
    } catch (IOException e) { // the peer has gone already
      LOG.log(Level.DEBUG, "an accepted connection was gone", e);
      leave();
      socket.close();
    } catch (RuntimeException | Error e) {
      leave();
      socket.close();
      LOG.log(Level.WARNING, "no frame handler for an accepted connection: it is closed", e);
    }
  }

  /// Connects and returns once the connection is there, or cannot be.
  ///
  /// An unresolved address is looked up, each time anew as far as the JDK does
  /// (`networkaddress.cache.ttl`), and all addresses of its name are tried, 16 at most: IPv6 and
  /// IPv4 in turns, the next one when one fails or after 250 ms. The first to connect is taken, the
  /// others are closed (RFC 8305). A group looks up 256 names at a time at most.
  ///
  /// @param address TCP, unresolved for what was said, or a unix socket
  /// @param timeout for all of it: finding the addresses, connecting, the handshake of TLS
  /// @throws java.net.UnknownHostException if there is no such name
  /// @throws java.net.ConnectException if every address refused
  /// @throws java.net.SocketTimeoutException if it took too long; the message tells what did
  /// @throws IOException if it failed in any other way: unreachable, no such socket file, not
  ///   trusted; the handler is not called when it failed
  /// @throws IllegalStateException if called on a poller, which must not wait
  /// @throws IllegalArgumentException if TLS has no server name to verify
  public Connection dial(
      SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler)
      throws IOException {
    if (PollerThread.isCurrent()) {
      throw new IllegalStateException("dialling waits, and a poller must not");
    }
    failIfDraining();
    var deadline = Deadline.after(timeout);
    var poller = next();
    var secure = options.tls() == null ? null : handshakes.dialling(poller, address, options.tls());
    var destination = lookUps.find(address, deadline);
    if (!enter()) {
      throw new IOException(
          "all %,d connections of this poller group are in use".formatted(maxConnections));
    }
    return new Dialling(
            poller,
            destination,
            System::nanoTime, // real time, as that of the wait for it
            secure,
            socket -> establish(poller, socket, handler, options, false),
            this::leave)
        .dial(deadline);
  }

  /// Makes a connection of a socket; on `poller`. The connection has been counted.
  ///
  /// @throws IOException if the socket is gone; the handler is not called then, and the caller
  ///   cleans up
  private PolledConnection establish(
      Poller poller,
      PolledSocket socket,
      FrameHandler handler,
      ConnectionOptions options,
      boolean expectsFirstByte)
      throws IOException {
    failIfDraining();
    var connection =
        new PolledConnection(
            poller, socket, handler, options, nanoClock, budget, expectsFirstByte, onClosed);
    var keepAlive = KeepAlive.of(options);
    if (socket instanceof TlsSocket tls) { // its inner socket is adopted already
      tls.keepAlive(keepAlive);
      tls.handTo(connection);
      connection.open();
      tls.readable(); // the first bytes may have come with the end of the handshake
    } else {
      poller.adopt(socket, connection);
      socket.keepAlive(keepAlive);
      connection.open();
    }
    return connection;
  }

  private void failIfDraining() throws IOException {
    if (draining) {
      throw new IOException("the pollers are draining");
    }
  }

  private boolean enter() {
    if (connections.incrementAndGet() <= maxConnections) {
      return true;
    }
    leave();
    return false;
  }

  private void leave() {
    if (connections.decrementAndGet() == 0 && draining) {
      drained.countDown();
    }
  }

  /// Returns how many connections are open, dialled and accepted ones.
  public int openConnections() {
    return connections.get();
  }

  /// Ends in good order: closes all listeners, makes no new connection, closes each connection once
  /// what it has to send is sent, and waits until none is left. [#close] comes next in any case.
  ///
  /// A handler that is to finish something first, such as the answer to a call, sees to that
  /// before.
  ///
  /// @param timeout for all that; an interrupt ends it early and stays
  /// @return whether no connection is left
  /// @throws IllegalStateException if called on a poller, which must not wait
  public boolean drain(Duration timeout) {
    if (PollerThread.isCurrent()) {
      throw new IllegalStateException("draining waits, and a poller must not");
    }
    var deadline = Deadline.after(timeout);
    var begun = new CountDownLatch(pollers.size());
    draining = true;
    pollers.forEach(poller -> poller.beginDrain(begun::countDown));
    try {
      if (!begun.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      if (connections.get() == 0) {
        drained.countDown();
      }
      return drained.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Returns what is held now. Cheap enough to be asked every second.
  public Usage usage() {
    var pool = NodePool.shared();
    return new Usage(
        openConnections(),
        refused.get(),
        handshakes.failed(),
        budget.heldBytes(),
        budget.maxBytes(),
        pool.heldBytes(),
        pool.idleBytes());
  }

  /// Aborts all connections, closes all listeners and ends the threads. Waits for that, 5 s at most
  /// for all threads together, unless called on a poller.
  @Override
  public void close() {
    lookUps.close();
    pollers.forEach(Poller::beginClose);
    if (!PollerThread.isCurrent()) {
      var deadline = Deadline.after(Poller.WAIT_LIMIT); // one for all: a stuck one costs no more
      pollers.forEach(poller -> poller.awaitEnd(deadline));
    }
    closed.countDown();
  }

  /// Blocks until this group is closed, or the thread is interrupted, which then stays so: a
  /// server's main thread has nothing else to do.
  public void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Poller next() {
    return pollers.get(Math.floorMod(turn.getAndIncrement(), pollers.size()));
  }
}
