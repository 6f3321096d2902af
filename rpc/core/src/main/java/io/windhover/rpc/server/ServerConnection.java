package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.wire.FrameCutter;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The server's end of one connection: messages in, replies out, one at a time and in order.
///
/// ```
///   IDLE ----message----> RUNNING ----queue empty----> IDLE
///   RUNNING --finish--> FINISHING --queue empty--> CLOSED     finish: the peer sends no more, or
///   IDLE --finish--> CLOSED                                   the server stops
///   any --lost--> CLOSED    the handler's thread is interrupted, its reply dropped
/// ```
///
/// A virtual thread exists from the first message of a burst to its last. The protocols without
/// multiplexing pair replies with requests by their order, so a connection never runs two calls at
/// once; when a peer sends ahead, reading pauses and the kernel makes it wait.
final class ServerConnection implements FrameHandler {

  private static final System.Logger LOG = System.getLogger(ServerConnection.class.getName());

  /// Messages that may wait behind the one that runs before reading pauses.
  private static final int MAX_WAITING = 16;

  /// Their bytes at which it does so; one more message may be on its way already.
  private static final int MAX_WAITING_BYTES = 1 << 20;

  private static final byte[] HTTP_ANSWER =
      """
      HTTP/1.1 400 Bad Request\r
      Connection: close\r
      Content-Type: text/plain\r
      Content-Length: 38\r
      \r
      This port speaks Thrift RPC, not HTTP
      """
          .getBytes(StandardCharsets.US_ASCII);

  private enum State {
    IDLE,
    RUNNING,
    FINISHING,
    CLOSED
  }

  private final FrameCutter cutter;
  private final Dispatcher dispatcher;
  private final Consumer<ServerConnection> onClosed;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final ArrayDeque<LinkBuffer> waiting = new ArrayDeque<>();
  private State state = State.IDLE;
  private long waitingBytes;
  private boolean paused;
  private @Nullable Thread worker;
  private @Nullable Connection connection;

  ServerConnection(WireLimits limits, Dispatcher dispatcher, Consumer<ServerConnection> onClosed) {
    this.cutter = new FrameCutter(limits);
    this.dispatcher = dispatcher;
    this.onClosed = onClosed;
  }

  @Override
  public void opened(Connection connection) {
    lock.lock();
    try {
      this.connection = connection;
      if (state == State.CLOSED) { // the server began to stop in between
        connection.close();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    return cutter.frameBytes(input);
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    lock.lock();
    try {
      if (state == State.CLOSED) {
        frame.release();
        return;
      }
      waiting.add(frame);
      waitingBytes += frame.size();
      if (state == State.IDLE) {
        state = State.RUNNING;
        worker = Thread.ofVirtual().name("windhover-call").unstarted(() -> run(connection));
        connection.resume(worker);
      } else if (!paused && (waiting.size() >= MAX_WAITING || waitingBytes >= MAX_WAITING_BYTES)) {
        paused = true;
        connection.pauseReading();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isBusy() {
    lock.lock();
    try {
      return state != State.IDLE;
    } finally {
      lock.unlock();
    }
  }

  /// No more messages will come; those that did are served before the connection closes.
  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    if (cause != null) {
      LOG.log(Level.DEBUG, () -> connection.remoteAddress() + " refused: " + cause.getMessage());
    }
    if (cause instanceof WireException refusal && refusal.isHttpRequest()) {
      connection.write(LinkBuffer.wrap(HTTP_ANSWER));
    }
    finish();
  }

  /// Serves what has arrived and closes. Any thread.
  void finish() {
    lock.lock();
    try {
      switch (state) {
        case IDLE -> close();
        case RUNNING -> state = State.FINISHING;
        case FINISHING, CLOSED -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    lock.lock();
    try {
      state = State.CLOSED;
      if (worker != null) {
        worker.interrupt();
      }
      waiting.forEach(LinkBuffer::release);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    onClosed.accept(this);
  }

  private void close() {
    state = State.CLOSED;
    if (connection != null) {
      connection.close();
    }
  }

  private void run(Connection connection) {
    try {
      serve(connection);
    } catch (Throwable failure) { // out of memory, or a bug: the caller must not wait in vain
      connection.abort();
      LOG.log(Level.ERROR, "a call failed outside of its handler; its connection ends", failure);
    }
  }

  private void serve(Connection connection) {
    for (var frame = next(connection); frame != null; frame = next(connection)) {
      var reply = dispatcher.dispatch(frame, connection.remoteAddress());
      if (reply.message() != null) {
        write(connection, reply.message());
      }
      if (reply.closes()) {
        connection.close();
        return;
      }
    }
  }

  private @Nullable LinkBuffer next(Connection connection) {
    lock.lock();
    try {
      var frame = waiting.poll();
      if (frame == null) {
        worker = null;
        switch (state) {
          case RUNNING -> state = State.IDLE;
          case FINISHING -> close();
          case IDLE, CLOSED -> {}
        }
      } else if (paused && waiting.isEmpty()) {
        paused = false;
        connection.resumeReading();
      }
      waitingBytes -= frame == null ? 0 : frame.size();
      return frame;
    } finally {
      lock.unlock();
    }
  }

  private static void write(Connection connection, LinkBuffer message) {
    try {
      connection.write(message);
    } catch (ConnectionClosedException e) {
      LOG.log(Level.DEBUG, () -> "reply dropped, " + connection.remoteAddress() + " is gone");
    }
  }
}
