package io.windhover.rpc.client;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.pool.Dialler;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Dials as another does, and lets a test at the connections.
final class WatchedDialler implements Dialler {

  private final Dialler own;
  private final Consumer<Connection> onDialled;
  private final List<Connection> connections;

  /// @param onDialled told of a connection before its caller is
  WatchedDialler(Dialler own, List<Connection> connections, Consumer<Connection> onDialled) {
    this.own = own;
    this.connections = connections;
    this.onDialled = onDialled;
  }

  static List<Connection> connections() {
    return new CopyOnWriteArrayList<>();
  }

  @Override
  public void dial(
      SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler)
      throws IOException {
    var watched = new Watched(handler);
    own.dial(address, timeout, options, watched);
    onDialled.accept(connections.getLast());
  }

  private final class Watched implements FrameHandler {
    private final FrameHandler handler;

    Watched(FrameHandler handler) {
      this.handler = handler;
    }

    @Override
    public void opened(Connection connection) {
      connections.add(connection);
      handler.opened(connection);
    }

    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      return handler.frameBytes(connection, input);
    }

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      handler.received(connection, frame);
    }

    @Override
    public int heldBytes() {
      return handler.heldBytes();
    }

    @Override
    public boolean isBusy() {
      return handler.isBusy();
    }

    @Override
    public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
      handler.inputEnded(connection, cause);
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
      handler.closed(connection, reason);
    }
  }
}
