package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.transport.AcceptedConnection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection whose opening and frames pass the server's filters before they are `served`.
final class FilteredConnection implements FrameHandler {

  private final ConnectionFilters filters;
  private final FrameHandler served;
  private @Nullable AcceptedConnection view; // null until it has opened; its poller's

  FilteredConnection(ConnectionFilters filters, FrameHandler served) {
    this.filters = filters;
    this.served = served;
  }

  @Override
  public void opened(Connection connection) {
    served.opened(connection); // it is told of the end in any case
    var opened = new FilteredView(connection);
    view = opened;
    if (!filters.opened(connection, opened)) {
      connection.abort();
    }
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    return served.frameBytes(connection, input);
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    if (filters.received(Objects.requireNonNull(view), frame.size())) {
      served.received(connection, frame);
    } else {
      frame.release();
      connection.abort();
    }
  }

  @Override
  public void roomMade(Connection connection) {
    served.roomMade(connection);
  }

  @Override
  public void swept(Connection connection, long nowNanos) {
    served.swept(connection, nowNanos);
  }

  @Override
  public int heldBytes() {
    return served.heldBytes();
  }

  @Override
  public boolean isBusy() {
    return served.isBusy();
  }

  @Override
  public boolean leavesIdle(Connection connection) {
    return served.leavesIdle(connection);
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    served.inputEnded(connection, cause);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    served.closed(connection, reason);
  }
}
