package io.windhover.rpc.connection;

import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.pool.Dialler;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Connects in memory, or not, as the test says.
final class FakeDialler implements Dialler {

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final Map<FrameHandler, MemoryConnection> sockets = new ConcurrentHashMap<>();
  private final AtomicInteger dials = new AtomicInteger();
  private volatile @Nullable IOException failure;
  private volatile @Nullable Semaphore gate;

  @Override
  public void dial(
      SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler)
      throws IOException {
    dials.incrementAndGet();
    var closedGate = gate;
    if (closedGate != null) {
      closedGate.acquireUninterruptibly();
    }
    var cause = failure;
    if (cause != null) {
      throw cause;
    }
    var socket = new MemoryConnection();
    sockets.put(handler, socket);
    handler.opened(socket);
  }

  /// What pools with these options need that dial here.
  PoolParts parts(PoolOptions pool, TimeSource time) {
    return parts(pool, time, new IdleBudget(pool.maxIdleOverall()));
  }

  PoolParts parts(PoolOptions pool, TimeSource time, IdleBudget budget) {
    var limits = WireLimits.ofMessageBytes(1024);
    var spec =
        new ConnectionSpec(
            InetSocketAddress.createUnresolved("own", 1),
            WireFormats.PLAIN,
            limits,
            pool,
            0,
            ConnectionOptions.DEFAULT,
            new StreamOptions(
                limits, StreamOptions.DEFAULT_WINDOW_BYTES, StreamOptions.DEFAULT_MAX_STREAMS),
            1,
            CONNECT_TIMEOUT,
            time);
    return new PoolParts(spec, GuardedDialler.own(this, spec.socket()), budget, new Random(1));
  }

  /// Lets the next dials wait for permits of what is returned.
  Semaphore shutGate() {
    var shut = new Semaphore(0);
    gate = shut;
    return shut;
  }

  /// Lets the next dials fail; null lets them succeed.
  void failWith(@Nullable IOException cause) {
    failure = cause;
  }

  int dials() {
    return dials.get();
  }

  MemoryConnection socketOf(PooledConnection connection) {
    return Objects.requireNonNull(sockets.get(connection));
  }

  /// Closes a connection as its peer would.
  void closeByPeer(PooledConnection connection) {
    socketOf(connection).abort();
    connection.closed(socketOf(connection), CloseReason.RESET);
  }

  /// Does what the poller does with a connection that was closed on this side.
  void finishClose(PooledConnection connection) {
    connection.closed(socketOf(connection), CloseReason.ABORTED);
  }
}
