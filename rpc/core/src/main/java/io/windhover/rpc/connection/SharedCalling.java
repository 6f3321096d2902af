package io.windhover.rpc.connection;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.transport.CallingConnection;
import io.windhover.rpc.transport.NotBegunException;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.Guard;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A connection of a [SharedPool] that a transport of others has made, held to its contract. What
/// it throws that it must not ends it, wherever that happens: the call or stream that asked for it
/// gets it, else it is for the log. Costs a call no object.
final class SharedCalling implements SharedConnection, CallingConnection {

  private static final System.Logger LOG = System.getLogger(SharedCalling.class.getName());

  /// Calls and streams of one connection at which another is wanted: another poller, and another
  /// socket's buffers.
  private static final int ENOUGH = 64;

  private final Guard guard;
  private final CallingConnection inner;
  private final Consumer<SharedCalling> onClosed;
  private volatile @Nullable Connection connection;
  private volatile boolean aborted;
  private volatile @Nullable ExtensionFailedException failure; // the last

  /// @param onClosed called on the poller
  SharedCalling(Guard guard, CallingConnection inner, Consumer<SharedCalling> onClosed) {
    this.guard = guard;
    this.inner = inner;
    this.onClosed = onClosed;
  }

  /// @param most connections to the address
  /// @param guard of the transport
  static SharedPool<SharedCalling> pool(
      SocketAddress address,
      int most,
      PoolParts parts,
      Guard guard,
      Supplier<CallingConnection> maker) {
    var kind =
        new SharedPool.Kind<SharedCalling>(
            PoolState.Use.CALLS,
            most,
            ENOUGH,
            Integer.MAX_VALUE, // beyond what the server allows at a time, calls wait
            onClosed -> new SharedCalling(guard, made(guard, maker), onClosed));
    return new SharedPool<>(kind, address, parts);
  }

  private static CallingConnection made(Guard guard, Supplier<CallingConnection> maker) {
    try {
      return Objects.requireNonNull(maker.get(), "null");
    } catch (Throwable e) {
      throw guard.failed("connection", e);
    }
  }

  // ---- calls and streams

  /// @throws ExtensionFailedException if it does what it must not; the connection is closed then
  /// @throws ConnectionLostException if it had ended before
  /// @throws io.windhover.rpc.wire.WireException if it says that a message is at fault
  /// @throws io.windhover.thrift.ThriftProtocolException likewise
  @Override
  public Object call(Invocation invocation, Object request)
      throws NotBegunException, TimeoutException, InterruptedException {
    failIfEnded();
    @Nullable Object result;
    try {
      result = inner.call(invocation, request);
    } catch (RpcException
        | BusinessException
        | NotBegunException
        | TimeoutException
        | InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      throw thrown("call", e);
    }
    return there("call", result);
  }

  /// Throws what [#call] does.
  @Override
  public MessageStream open(Invocation invocation)
      throws NotBegunException, TimeoutException, InterruptedException {
    failIfEnded();
    @Nullable MessageStream stream;
    try {
      stream = inner.open(invocation);
    } catch (RpcException
        | BusinessException
        | NotBegunException
        | TimeoutException
        | InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      throw thrown("open", e);
    }
    return there("open", stream);
  }

  /// Throws what [#call] does.
  @Override
  public void reopen(MessageStream stream)
      throws NotBegunException, TimeoutException, InterruptedException {
    failIfEnded();
    try {
      inner.reopen(stream);
    } catch (RpcException
        | BusinessException
        | NotBegunException
        | TimeoutException
        | InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      throw thrown("reopen", e);
    }
  }

  private void failIfEnded() throws NotBegunException {
    var known = failure;
    if (known != null) {
      throw new NotBegunException(known.getMessage());
    }
  }

  private RuntimeException thrown(String where, Throwable e) {
    if (e instanceof ConnectionClosedException || e instanceof ConnectionLostException) {
      return new ConnectionLostException(Objects.requireNonNullElse(e.getMessage(), ""), null);
    }
    var judged = guard.judged(where, e);
    if (judged instanceof ExtensionFailedException mistake) {
      end(mistake);
    }
    return judged;
  }

  private <T> T there(String where, @Nullable T made) {
    if (made == null) {
      var mistake = guard.mistake("returned null from " + where);
      end(mistake);
      throw mistake;
    }
    return made;
  }

  private void end(ExtensionFailedException mistake) {
    failure = mistake;
    abort();
  }

  @Override
  public void abort() {
    aborted = true;
    var there = connection;
    if (there != null) {
      there.abort();
    }
  }

  // ---- what the pool asks

  @Override
  public void awaitReady(Duration timeout) throws IOException, InterruptedException {
    try {
      Beside.run(
          guard.extension() + ", in awaitReady,",
          TimeUnit.NANOSECONDS.convert(timeout),
          () -> {
            inner.awaitReady(timeout);
            return null;
          });
    } catch (IOException | InterruptedException e) {
      throw e;
    } catch (ConnectionClosedException e) { // it wrote to what has ended
      throw new IOException(e.getMessage(), e);
    } catch (Throwable e) {
      throw new GuardedException(guard.failed("awaitReady", e));
    }
  }

  @Override
  public boolean isConnected() {
    return connection != null;
  }

  @Override
  public @Nullable ExtensionFailedException failure() {
    return failure;
  }

  @Override
  public boolean isOpen() {
    try {
      return failure == null && inner.isOpen();
    } catch (Throwable e) {
      failed("isOpen", e);
      return false;
    }
  }

  /// All that there can be, if it does not say: it gets no more of them.
  @Override
  public int load() {
    try {
      return inner.load();
    } catch (Throwable e) {
      failed("load", e);
      return Integer.MAX_VALUE;
    }
  }

  @Override
  public int room() {
    try {
      return inner.room();
    } catch (Throwable e) {
      failed("room", e);
      return 0;
    }
  }

  private void failed(String where, Throwable thrown) {
    var cause = guard.judged(where, thrown);
    log(cause);
    if (cause instanceof ExtensionFailedException mistake) {
      end(mistake);
    } else {
      abort();
    }
  }

  private void log(RuntimeException cause) {
    var there = connection;
    var to = there == null ? "nowhere" : there.remoteAddress();
    if (cause instanceof ExtensionFailedException) {
      guard
          .log()
          .warn(() -> "the connection to %s ends: %s".formatted(to, cause.getMessage()), cause);
    } else { // up to the server
      LOG.log(Level.DEBUG, () -> to + ": " + cause.getMessage());
    }
  }

  @Override
  public void leave() {
    try {
      run("leave", inner::leave);
    } catch (ConnectionClosedException e) { // it has gone by itself
    }
  }

  /// @throws ConnectionClosedException if it wrote to what has ended, which is no mistake
  private void run(String where, Runnable step) {
    try {
      step.run();
    } catch (ConnectionClosedException e) {
      throw e;
    } catch (Throwable e) {
      failed(where, e);
    }
  }

  // ---- on the poller

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
    run("opened", () -> inner.opened(connection));
    if (aborted) {
      connection.abort();
    }
  }

  /// What is wrong with the frame goes to [#inputEnded] as with any other connection.
  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    int size = input.size();
    int bytes;
    int left;
    try {
      bytes = inner.frameBytes(connection, input);
      left = input.size();
    } catch (Throwable e) {
      throw guard.judged("frameBytes", e);
    }
    if (bytes < 0 || bytes > size || left != size) {
      throw guard.mistake(
          "found a frame of %d bytes where %d are there, and left %d".formatted(bytes, size, left));
    }
    return bytes;
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    try {
      inner.received(connection, frame);
    } catch (ConnectionClosedException e) {
      throw e;
    } catch (Throwable e) {
      frame.release(); // as its contract says
      failed("received", e);
    }
  }

  @Override
  public void roomMade(Connection connection) {
    run("roomMade", () -> inner.roomMade(connection));
  }

  @Override
  public void swept(Connection connection, long nowNanos) {
    run("swept", () -> inner.swept(connection, nowNanos));
  }

  @Override
  public int heldBytes() {
    try {
      return Math.max(0, inner.heldBytes());
    } catch (Throwable e) {
      failed("heldBytes", e);
      return 0;
    }
  }

  @Override
  public boolean isBusy() {
    try {
      return inner.isBusy();
    } catch (Throwable e) {
      failed("isBusy", e);
      return false;
    }
  }

  @Override
  public boolean leavesIdle(Connection connection) {
    try {
      return inner.leavesIdle(connection);
    } catch (Throwable e) {
      failed("leavesIdle", e);
      return false;
    }
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    if (cause != null) {
      log(cause);
    }
    run("inputEnded", () -> inner.inputEnded(connection, cause));
    if (cause instanceof ExtensionFailedException mistake) {
      end(mistake);
    }
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    try {
      run("closed", () -> inner.closed(connection, reason));
    } finally {
      onClosed.accept(this);
    }
  }
}
