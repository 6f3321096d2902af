package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.log.LogGate;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.transport.ServerCalls;
import io.windhover.rpc.transport.Stoppable;
import io.windhover.rpc.transport.Transport;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An accepted connection: its first bytes choose who serves it, and from then on all goes there.
/// So one port answers every protocol.
final class FrontDoor implements FrameHandler, Stoppable {

  private final List<Transport> transports;
  private final ServerCalls calls;
  private final Consumer<FrontDoor> onOpened;
  private final Consumer<FrontDoor> onClosed;
  private final LogGate unserved;
  private volatile @Nullable Connection connection;
  private volatile @Nullable ServedConnection served; // null until the first bytes have told
  private volatile boolean finishing;
  private volatile boolean draining;

  /// @param transports asked in this order; the last ones know every connection
  /// @param unserved of the server's log, for connections that a transport has failed to serve
  FrontDoor(
      List<Transport> transports,
      ServerCalls calls,
      Consumer<FrontDoor> onOpened,
      Consumer<FrontDoor> onClosed,
      LogGate unserved) {
    this.transports = transports;
    this.calls = calls;
    this.onOpened = onOpened;
    this.onClosed = onClosed;
    this.unserved = unserved;
  }

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
    onOpened.accept(this);
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    var chosen = served != null ? served : choose(connection, input);
    return chosen == null ? 0 : chosen.frameBytes(connection, input);
  }

  private @Nullable ServedConnection choose(Connection connection, LinkBuffer input) {
    var transport = detect(connection, input);
    if (transport == null) {
      return null;
    }
    var chosen = transport.serve(calls);
    chosen.opened(connection);
    served = chosen;
    if (draining) { // which may have missed it
      chosen.drain();
    } else if (finishing) {
      chosen.finish();
    }
    return chosen;
  }

  private @Nullable Transport detect(Connection connection, LinkBuffer input) {
    for (var transport : transports) {
      switch (transport.detect(connection, input)) {
        case OURS -> {
          return transport;
        }
        case UNDECIDED -> {
          return null;
        }
        case OTHER -> {}
      }
    }
    throw new AssertionError("no transport takes what all others do not");
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    chosen().received(connection, frame);
  }

  private ServedConnection chosen() {
    var chosen = served;
    if (chosen == null) {
      throw new AssertionError("a frame before its kind is known");
    }
    return chosen;
  }

  @Override
  public void roomMade(Connection connection) {
    var chosen = served;
    if (chosen != null) {
      chosen.roomMade(connection);
    }
  }

  @Override
  public void swept(Connection connection, long nowNanos) {
    var chosen = served;
    if (chosen != null) {
      chosen.swept(connection, nowNanos);
    }
  }

  @Override
  public int heldBytes() {
    var chosen = served;
    return chosen == null ? 0 : chosen.heldBytes();
  }

  @Override
  public boolean isBusy() {
    var chosen = served;
    return chosen != null && chosen.isBusy();
  }

  @Override
  public boolean leavesIdle(Connection connection) {
    var chosen = served;
    return chosen != null && chosen.leavesIdle(connection);
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    var chosen = served;
    if (chosen == null) {
      if (cause != null) { // a transport's fault
        unserved.warn(() -> connection.remoteAddress() + " is not served", cause);
      }
      connection.close();
    } else {
      chosen.inputEnded(connection, cause);
    }
  }

  @Override
  public void finish() {
    finishing = true;
    var chosen = served;
    if (chosen != null) {
      chosen.finish();
    }
  }

  @Override
  public void drain() {
    draining = true;
    var chosen = served;
    if (chosen != null) {
      chosen.drain();
    } else if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void cancel() {
    var chosen = served;
    if (chosen != null) {
      chosen.cancel();
    }
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    var chosen = served;
    if (chosen != null) {
      chosen.closed(connection, reason);
    }
    onClosed.accept(this);
  }
}
