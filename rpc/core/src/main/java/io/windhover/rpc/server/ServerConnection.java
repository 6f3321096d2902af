package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.server.dispatch.Arrival;
import io.windhover.rpc.server.dispatch.CallSlot;
import io.windhover.rpc.server.dispatch.Dispatcher;
import io.windhover.rpc.server.dispatch.Reply;
import io.windhover.rpc.server.dispatch.RequestBudget;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.FrameCutter;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The server's end of one connection: messages in, replies out, one at a time and in order.
///
/// ```
///   IDLE ----message----> RUNNING ----queue empty----> IDLE
///   RUNNING --drain--> DRAINING --queue empty--> CLOSED     drain: the peer sends no more, or the
///   IDLE --drain--> CLOSED                                  server stops
///   any --lost--> CLOSED    the handler's thread is interrupted, its reply dropped
/// ```
///
/// From [#finish] on, the message that is taken next drains it: its reply tells the peer to go, if
/// the protocol can. That of a call which ran already may not have, and the peer may send another
/// request upon it.
///
/// A virtual thread exists from the first message of a burst to its last, unless calls run on the
/// poller itself. The protocols without multiplexing pair replies with requests by their order, so
/// a connection never runs two calls at once; when a peer sends ahead, reading pauses and the
/// kernel makes it wait.
final class ServerConnection implements ServedConnection {

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
      Content-Length: 33\r
      \r
      This port speaks RPC, not HTTP/1
      """
          .getBytes(StandardCharsets.US_ASCII);

  private enum State {
    IDLE,
    RUNNING,
    DRAINING,
    CLOSED
  }

  private final FrameCutter cutter;
  private final Dispatcher dispatcher;
  private final RequestBudget budget;
  private final CallThreads threads;
  private final CallSlot slot = new CallSlot();
  private volatile boolean finishing; // set with the lock
  private @Nullable LinkBuffer refusal; // the poller's, on its way to the queue

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();
  private State state = State.IDLE;
  private long waitingBytes;
  private boolean paused;
  private @Nullable Connection connection;

  /// A frame with the bytes it is charged with, since reading shrinks it, and when it was here.
  ///
  /// @param answered whether the frame is the answer to what could not be received
  private record Request(LinkBuffer frame, int bytes, long arrivalNanos, boolean answered) {}

  ServerConnection(
      WireLimits limits, Dispatcher dispatcher, RequestBudget budget, CallThreads threads) {
    this.cutter = new FrameCutter(limits, dispatcher.formats());
    this.dispatcher = dispatcher;
    this.budget = budget;
    this.threads = threads;
  }

  @Override
  public void opened(Connection connection) {
    lock.lock();
    try {
      this.connection = connection;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    try {
      return cutter.frameBytes(input);
    } catch (WireException e) {
      if (e.isTooLarge()) {
        refusal = dispatcher.refuseTooLarge(input, e, connection.remoteAddress());
      }
      throw e;
    }
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    var request = new Request(frame, frame.size(), System.nanoTime(), false);
    if (!budget.take(request.bytes)) {
      LastResort.refuse(connection, frame, budget);
      return;
    }
    serve(connection, request);
  }

  private void serve(Connection connection, Request request) {
    if (enqueue(connection, request)) {
      threads.run(connection, () -> run(connection)); // without the lock, which it takes first
    }
  }

  /// @return whether nobody serves this connection yet
  private boolean enqueue(Connection connection, Request request) {
    lock.lock();
    try {
      if (state == State.CLOSED) {
        drop(request);
        return false;
      }
      waiting.add(request);
      waitingBytes += request.bytes;
      if (state == State.IDLE) {
        state = State.RUNNING;
        return true;
      }
      if (!paused && (waiting.size() >= MAX_WAITING || waitingBytes >= MAX_WAITING_BYTES)) {
        paused = true;
        connection.pauseReading();
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void drop(Request request) {
    request.frame.release();
    budget.giveBack(request.bytes);
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
    if (cause instanceof ExtensionFailedException failure) {
      dispatcher.extensionFailed(connection.remoteAddress(), failure);
    } else if (cause != null) {
      LOG.log(Level.DEBUG, () -> connection.remoteAddress() + " refused: " + cause.getMessage());
    }
    if (cause instanceof WireException refusal && refusal.isHttpRequest()) {
      connection.write(LinkBuffer.wrap(HTTP_ANSWER));
    }
    if (refusal != null) {
      serve(connection, new Request(refusal, 0, 0, true)); // after the replies before it
      refusal = null;
    }
    drain();
  }

  @Override
  public void finish() {
    lock.lock();
    try {
      finishing = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void drain() {
    lock.lock();
    try {
      switch (state) {
        case IDLE -> close();
        case RUNNING -> state = State.DRAINING;
        case DRAINING, CLOSED -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    slot.close();
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    lock.lock();
    try {
      state = State.CLOSED;
      slot.close();
      waiting.forEach(this::drop);
      waiting.clear();
    } finally {
      lock.unlock();
    }
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
      LastResort.abort(connection);
      LOG.log(Level.ERROR, "a call failed outside of its handler; its connection ends", failure);
    }
  }

  private void serve(Connection connection) {
    for (var request = next(connection); request != null; request = next(connection)) {
      if (request.answered) {
        write(connection, request.frame);
        continue;
      }
      Reply reply;
      try {
        reply = dispatcher.dispatch(request.frame, arrival(connection, request));
      } finally {
        budget.giveBack(request.bytes);
      }
      if (reply.frame() != null) {
        if (finishing && isLast()) {
          writeLast(connection, reply.frame());
          return;
        }
        write(connection, reply.frame());
      }
      if (reply.closes()) {
        connection.close();
        return;
      }
    }
  }

  private Arrival arrival(Connection connection, Request request) {
    return new Arrival(request.arrivalNanos, connection.remoteAddress(), slot);
  }

  private @Nullable Request next(Connection connection) {
    lock.lock();
    try {
      var request = waiting.poll();
      if (request == null) {
        switch (state) {
          case RUNNING -> state = State.IDLE;
          case DRAINING -> close();
          case IDLE, CLOSED -> {}
        }
        return null;
      }
      if (finishing && state == State.RUNNING) {
        state = State.DRAINING;
      }
      waitingBytes -= request.bytes;
      Thread.interrupted(); // what the last handler left
      if (paused && waiting.isEmpty()) {
        paused = false;
        connection.resumeReading();
      }
      return request;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the connection ends with the reply that comes now.
  private boolean isLast() {
    lock.lock();
    try {
      if (state != State.DRAINING || !waiting.isEmpty()) {
        return false;
      }
      state = State.CLOSED;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Not every protocol can tell the peer to go: it is to learn of the end with the reply.
  private static void writeLast(Connection connection, LinkBuffer frame) {
    try {
      connection.close(frame);
    } catch (ConnectionClosedException e) {
      LOG.log(Level.DEBUG, () -> "reply dropped, " + connection.remoteAddress() + " is gone");
    }
  }

  private static void write(Connection connection, LinkBuffer frame) {
    try {
      connection.write(frame);
    } catch (ConnectionClosedException e) {
      LOG.log(Level.DEBUG, () -> "reply dropped, " + connection.remoteAddress() + " is gone");
    }
  }
}
