package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.codec.MalformedMessageException;
import java.lang.System.Logger.Level;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// A connection that a transport of others serves. What it throws ends it, wherever that happens;
/// so does a frame that is larger than a message may be, and one that is not there.
final class GuardedConnection implements ServedConnection {

  private static final System.Logger LOG = System.getLogger(GuardedConnection.class.getName());

  private final String transport;
  private final ServedConnection served;
  private final int maxFrameBytes;
  private volatile @Nullable Connection connection;

  /// @param transport its name
  GuardedConnection(String transport, ServedConnection served, int maxFrameBytes) {
    this.transport = transport;
    this.served = served;
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
    guarded("opened", () -> served.opened(connection));
  }

  private void guarded(String where, Runnable action) {
    var _ =
        guarded(
            where,
            () -> {
              action.run();
              return 0;
            });
  }

  /// @return 0 if it fails
  private int guarded(String where, IntSupplier action) {
    try {
      return action.getAsInt();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      failed(where, e);
      return 0;
    }
  }

  private void failed(String where, Throwable cause) {
    var current = connection;
    LOG.log(
        Level.WARNING,
        "transport %s failed in %s; its connection from %s ends"
            .formatted(transport, where, current == null ? "nowhere" : current.remoteAddress()),
        cause);
    if (current != null) {
      current.abort();
    }
  }

  /// What is wrong with the frame goes to [#inputEnded] as with any other connection.
  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    int size = input.size();
    int bytes;
    try {
      bytes = served.frameBytes(connection, input);
    } catch (LinkageError | StackOverflowError e) {
      throw new IllegalStateException("it failed to cut a frame", e);
    }
    if (input.size() != size) {
      throw new IllegalStateException("it consumed what it looked at");
    }
    if (bytes < 0 || bytes > size) {
      throw new IllegalStateException(
          "frame bytes: %d (expected: 0..%d, what is there)".formatted(bytes, size));
    }
    if (Math.max(bytes, bytes == 0 ? size : 0) > maxFrameBytes) {
      throw new IllegalStateException(
          "frame of %d bytes or more (limit: maxMessageBytes %d)".formatted(size, maxFrameBytes));
    }
    return bytes;
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    try {
      served.received(connection, frame);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      frame.release(); // as its contract says
      failed("received", e);
    }
  }

  @Override
  public int heldBytes() {
    return Math.max(0, guarded("heldBytes", served::heldBytes));
  }

  @Override
  public boolean isBusy() {
    return guarded("isBusy", () -> served.isBusy() ? 1 : 0) != 0;
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    if (cause != null) {
      LOG.log(
          cause instanceof MalformedMessageException ? Level.DEBUG : Level.WARNING,
          "transport %s: what comes from %s is no frame"
              .formatted(transport, connection.remoteAddress()),
          cause);
    }
    guarded("inputEnded", () -> served.inputEnded(connection, cause));
  }

  @Override
  public void finish() {
    guarded("finish", served::finish);
  }

  @Override
  public void drain() {
    guarded("drain", served::drain);
  }

  @Override
  public void cancel() {
    guarded("cancel", served::cancel);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    guarded("closed", () -> served.closed(connection, reason));
  }
}
