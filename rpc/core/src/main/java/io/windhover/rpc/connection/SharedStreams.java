package io.windhover.rpc.connection;

import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.stream.OpenedStreams;
import io.windhover.rpc.stream.StreamOptions;
import java.net.SocketAddress;
import java.util.function.Consumer;

/// A connection of a [SharedPool] for streams.
final class SharedStreams extends OpenedStreams implements SharedConnection {

  /// Streams of one connection at which another is wanted: another poller, and another socket's
  /// buffers.
  private static final int ENOUGH = 16;

  private final Consumer<SharedStreams> onClosed;

  private SharedStreams(
      StreamOptions options, CallListener listener, Consumer<SharedStreams> onClosed) {
    super(options, listener);
    this.onClosed = onClosed;
  }

  static SharedPool<SharedStreams> pool(
      SocketAddress address, PoolParts parts, CallListener listener) {
    var spec = parts.spec();
    var kind =
        new SharedPool.Kind<SharedStreams>(
            PoolState.Use.STREAMS,
            spec.streamConnections(),
            ENOUGH,
            Integer.MAX_VALUE, // how many it serves is up to the server
            onClosed -> new SharedStreams(spec.streams(), listener, onClosed));
    return new SharedPool<>(kind, address, parts);
  }

  @Override
  public int load() {
    return openStreams();
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    super.closed(connection, reason);
    onClosed.accept(this);
  }
}
