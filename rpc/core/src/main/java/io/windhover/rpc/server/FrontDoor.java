package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.wire.ConnectionKind;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An accepted connection: its first bytes choose who serves it, and from then on all goes there.
/// So one port answers every protocol.
final class FrontDoor implements FrameHandler, Stoppable {

  private final Function<ConnectionKind, ServedConnection> kinds;
  private final Consumer<FrontDoor> onOpened;
  private final Consumer<FrontDoor> onClosed;
  private volatile @Nullable Connection connection;
  private volatile @Nullable ServedConnection served; // null until the first bytes have told
  private volatile boolean finishing;
  private volatile boolean draining;

  FrontDoor(
      Function<ConnectionKind, ServedConnection> kinds,
      Consumer<FrontDoor> onOpened,
      Consumer<FrontDoor> onClosed) {
    this.kinds = kinds;
    this.onOpened = onOpened;
    this.onClosed = onClosed;
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
    var kind = ConnectionKind.of(input);
    if (kind == null) {
      return null;
    }
    var chosen = kinds.apply(kind);
    chosen.opened(connection);
    served = chosen;
    if (draining) { // which may have missed it
      chosen.drain();
    } else if (finishing) {
      chosen.finish();
    }
    return chosen;
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
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    var chosen = served;
    if (chosen == null) {
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
