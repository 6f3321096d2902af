package io.windhover.rpc.server;

import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.transport.AcceptedConnection;
import io.windhover.rpc.transport.ConnectionFilter;
import io.windhover.rpc.wire.Guard;
import java.lang.System.Logger.Level;
import java.util.List;

/// The filters of a server, each behind a guard: what it throws counts as a no. For all pollers.
final class ConnectionFilters {

  private static final System.Logger LOG = System.getLogger(ConnectionFilters.class.getName());

  private final ConnectionFilter[] filters; // in the order in which they are asked
  private final LogGate gate = new LogGate(LOG);

  ConnectionFilters(List<ConnectionFilter> filters) {
    this.filters = filters.toArray(ConnectionFilter[]::new);
  }

  /// Returns a handler that asks the filters first; `served` itself if there are none, so that
  /// these cost nothing then.
  FrameHandler before(FrameHandler served) {
    return filters.length == 0 ? served : new FilteredConnection(this, served);
  }

  /// Asks about a new connection. Those that let it in are told of its end.
  boolean opened(Connection connection, AcceptedConnection view) {
    for (var filter : filters) {
      if (!opened(filter, view)) {
        return false;
      }
      connection.onClose(reason -> closed(filter, view, reason));
    }
    return true;
  }

  private boolean opened(ConnectionFilter filter, AcceptedConnection view) {
    try {
      return filter.opened(view) || refused(filter, view);
    } catch (Throwable e) {
      failed(filter, "opened", view, e);
      return false;
    }
  }

  private static boolean refused(ConnectionFilter filter, AcceptedConnection view) {
    LOG.log(Level.DEBUG, () -> nameOf(filter) + " ends the connection from " + view);
    return false;
  }

  private static String nameOf(ConnectionFilter filter) {
    return filter.getClass().getName();
  }

  private void failed(
      ConnectionFilter filter, String where, AcceptedConnection view, Throwable cause) {
    var failure = Guard.of("connection filter", filter).failed(where, cause);
    gate.warn(() -> "%s; its connection from %s ends".formatted(failure.getMessage(), view), cause);
  }

  private void closed(ConnectionFilter filter, AcceptedConnection view, CloseReason reason) {
    try {
      filter.closed(view, reason);
    } catch (Throwable e) {
      failed(filter, "closed", view, e);
    }
  }

  /// Asks about a frame.
  boolean received(AcceptedConnection view, int bytes) {
    for (var filter : filters) {
      try {
        if (!filter.received(view, bytes)) {
          return refused(filter, view);
        }
      } catch (Throwable e) {
        failed(filter, "received", view, e);
        return false;
      }
    }
    return true;
  }
}
