package io.windhover.rpc.connection;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.transport.CallingConnection;
import java.net.SocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A connection of a [SharedPool] that a transport of others has made.
final class SharedCalling implements SharedConnection {

  /// Calls and streams of one connection at which another is wanted: another poller, and another
  /// socket's buffers.
  private static final int ENOUGH = 64;

  private final CallingConnection inner;
  private final Consumer<SharedCalling> onClosed;
  private volatile @Nullable Connection connection;
  private volatile boolean aborted;

  private SharedCalling(CallingConnection inner, Consumer<SharedCalling> onClosed) {
    this.inner = inner;
    this.onClosed = onClosed;
  }

  /// @param most connections to the address
  static SharedPool<SharedCalling> pool(
      SocketAddress address, int most, PoolParts parts, Supplier<CallingConnection> maker) {
    var kind =
        new SharedPool.Kind<SharedCalling>(
            PoolState.Use.CALLS,
            most,
            ENOUGH,
            Integer.MAX_VALUE, // how many it serves is up to the server
            onClosed -> new SharedCalling(maker.get(), onClosed));
    return new SharedPool<>(kind, address, parts);
  }

  CallingConnection inner() {
    return inner;
  }

  @Override
  public int load() {
    return inner.load();
  }

  @Override
  public void leave() {
    inner.leave();
  }

  @Override
  public boolean isConnected() {
    return connection != null;
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public void abort() {
    aborted = true;
    var there = connection;
    if (there != null) {
      there.abort();
    }
  }

  // ---- on the poller

  @Override
  public void opened(Connection connection) {
    inner.opened(connection);
    this.connection = connection;
    if (aborted) {
      connection.abort();
    }
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    return inner.frameBytes(connection, input);
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    inner.received(connection, frame);
  }

  @Override
  public int heldBytes() {
    return inner.heldBytes();
  }

  @Override
  public void roomMade(Connection connection) {
    inner.roomMade(connection);
  }

  @Override
  public void swept(Connection connection, long nowNanos) {
    inner.swept(connection, nowNanos);
  }

  @Override
  public boolean isBusy() {
    return inner.isBusy();
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    inner.inputEnded(connection, cause);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    try {
      inner.closed(connection, reason);
    } finally {
      onClosed.accept(this);
    }
  }
}
