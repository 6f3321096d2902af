package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.Guard;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ThriftProtocolException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A connection that a transport of others serves. What it throws ends it, wherever that happens;
/// so does a frame that is larger than a message may be, and one that is not there. That the server
/// stops it is told on a thread of its own, so that it keeps no other connection, and not the
/// server, from stopping in time.
final class GuardedConnection implements ServedConnection {

  private static final System.Logger LOG = System.getLogger(GuardedConnection.class.getName());

  private static final Executor THREADS =
      step ->
          Thread.ofVirtual()
              .name("windhover-leave")
              .inheritInheritableThreadLocals(false)
              .start(step);

  private final Guard guard;
  private final ServedConnection served;
  private final int maxFrameBytes;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  private final ReentrantLock lock = new ReentrantLock(); // guards the next
  private CompletableFuture<?> told = CompletableFuture.completedFuture(null); // its last step

  GuardedConnection(Guard guard, ServedConnection served, int maxFrameBytes) {
    this.guard = guard;
    this.served = served;
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
    run("opened", () -> served.opened(connection));
  }

  /// @return whether it ran to its end
  private boolean run(String where, Runnable action) {
    return run(
        where,
        false,
        () -> {
          action.run();
          return true;
        });
  }

  private <T> T run(String where, T ifItFails, Supplier<T> code) {
    try {
      return guard.run(where, code);
    } catch (WireException | ThriftProtocolException | ExtensionFailedException e) {
      log(e);
      var current = connection;
      if (current != null) {
        current.abort();
      }
      return ifItFails;
    }
  }

  private void log(RuntimeException cause) {
    var current = connection;
    var from = current == null ? "nowhere" : current.remoteAddress();
    if (cause instanceof ExtensionFailedException) {
      guard
          .log()
          .warn(() -> "the connection from %s ends: %s".formatted(from, cause.getMessage()), cause);
    } else { // up to the peer
      LOG.log(Level.DEBUG, () -> from + " refused: " + cause.getMessage());
    }
  }

  /// What is wrong with the frame goes to [#inputEnded] as with any other connection.
  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    int bytes = guard.frameBytes(input, maxFrameBytes, () -> served.frameBytes(connection, input));
    if (bytes > input.size()) {
      throw guard.mistake(
          "found a frame of %d bytes where %d are there".formatted(bytes, input.size()));
    }
    return bytes;
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    if (!run("received", () -> served.received(connection, frame))) {
      frame.release(); // as its contract says
    }
  }

  @Override
  public void roomMade(Connection connection) {
    run("roomMade", () -> served.roomMade(connection));
  }

  @Override
  public void swept(Connection connection, long nowNanos) {
    run("swept", () -> served.swept(connection, nowNanos));
  }

  @Override
  public int heldBytes() {
    return Math.max(0, run("heldBytes", 0, served::heldBytes));
  }

  @Override
  public boolean isBusy() {
    return run("isBusy", false, served::isBusy);
  }

  @Override
  public boolean leavesIdle(Connection connection) {
    return run("leavesIdle", false, () -> served.leavesIdle(connection));
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    if (cause != null) {
      log(cause);
    }
    run("inputEnded", () -> served.inputEnded(connection, cause));
  }

  @Override
  public void finish() {
    tell("finish", served::finish);
  }

  /// Lets one step of the stop follow the one before, unless the connection has closed meanwhile.
  private void tell(String where, Runnable step) {
    lock.lock();
    try {
      told = told.thenRunAsync(() -> step(where, step), THREADS);
    } finally {
      lock.unlock();
    }
  }

  private void step(String where, Runnable step) {
    if (closed) {
      return;
    }
    try {
      run(where, step);
    } catch (Error e) { // out of memory: the steps after it are told of all the same
      LOG.log(Level.ERROR, guard.extension() + ": failed in " + where, e);
    }
  }

  @Override
  public void drain() {
    tell("drain", served::drain);
  }

  @Override
  public void cancel() {
    tell("cancel", served::cancel);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    closed = true;
    run("closed", () -> served.closed(connection, reason));
  }
}
