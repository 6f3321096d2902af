package io.windhover.rpc.connection;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.pool.ExclusiveConnection;
import io.windhover.rpc.wire.FrameCutter;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A connection that carries one call at a time: one message out, one message back.
///
/// All state is one reference:
///
/// ```
///   Idle --exchange--> Waiting(thread) --message--> Answered(frame) --taken--> Idle
///   Idle --message-->  Lost: nobody asked for it
///   Waiting --deadline, interrupt--> Lost: a late reply must meet no other call
///   Idle, Waiting --connection closed--> Lost
/// ```
///
/// The poller moves it on a message and on a close; the calling thread, which waits parked, on the
/// rest. Who has it between the calls is drawn at its pool, [ExclusivePool].
final class PooledConnection
    implements ExclusiveConnection, CompressingConnection, DialledConnection {

  /// Whose connection this is. Called on its poller.
  interface Owner {

    /// Whether it shall stay open though no call has used it for long.
    boolean keepsUnused(PooledConnection connection);

    /// Returns a sequence id that no call of the last while had, on any connection: a reply that
    /// went astray fits none.
    int nextSequenceId();

    /// It is gone. The last call.
    void closed(PooledConnection connection);
  }

  private sealed interface State {}

  private enum Idle implements State {
    IDLE
  }

  private record Waiting(Thread thread) implements State {}

  private record Answered(LinkBuffer frame) implements State {}

  private record Lost(ConnectionLostException cause) implements State {}

  private static final AtomicReferenceFieldUpdater<PooledConnection, State> STATE =
      AtomicReferenceFieldUpdater.newUpdater(PooledConnection.class, State.class, "state");

  private final FrameCutter cutter;
  private final Lifetime lifetime;
  private final Owner owner;
  private volatile State state = Idle.IDLE;
  private volatile @Nullable Connection connection;
  private volatile boolean aborted;
  private boolean takesCompressed; // belongs to the call that has the connection

  /// @param formats that replies may be of
  PooledConnection(WireLimits limits, WireFormats formats, Lifetime lifetime, Owner owner) {
    this.cutter = new FrameCutter(limits, formats);
    this.lifetime = lifetime;
    this.owner = owner;
  }

  @Override
  public boolean isConnected() {
    return connection != null;
  }

  @Override
  public boolean isOpen() {
    var current = connection;
    return current != null && current.isOpen() && state == Idle.IDLE;
  }

  @Override
  public int nextSequenceId() {
    return owner.nextSequenceId();
  }

  Lifetime lifetime() {
    return lifetime;
  }

  @Override
  public boolean takesCompressed() {
    return takesCompressed;
  }

  @Override
  public void takeCompressed() {
    takesCompressed = true;
  }

  /// Waits for nothing: nobody else has written here.
  @Override
  public void send(LinkBuffer request, Deadline deadline) {
    connection().write(request);
  }

  @Override
  public LinkBuffer exchange(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException {
    var waiting = new Waiting(Thread.currentThread());
    if (!STATE.compareAndSet(this, Idle.IDLE, waiting)) {
      request.release();
      throw new ConnectionClosedException("the server closed the connection");
    }
    connection().write(request);
    return await(waiting, deadline);
  }

  private LinkBuffer await(Waiting waiting, Deadline deadline)
      throws TimeoutException, InterruptedException {
    while (true) {
      switch (state) {
        case Answered(var frame) -> {
          state = Idle.IDLE;
          return frame;
        }
        case Lost(var cause) -> throw cause;
        case Waiting _ -> {
          if (Thread.currentThread().isInterrupted() && abandon(waiting)) {
            throw new InterruptedException();
          }
          if (deadline.hasPassed() && abandon(waiting)) {
            throw new TimeoutException();
          }
          deadline.park(this);
        }
        case Idle _ -> throw new AssertionError("an exchange without a caller");
      }
    }
  }

  private boolean abandon(Waiting waiting) {
    var lost = new Lost(new ConnectionLostException("the call was given up", null));
    boolean abandoned = STATE.compareAndSet(this, waiting, lost);
    if (abandoned) {
      connection().abort();
    }
    return abandoned;
  }

  @Override
  public void close() {
    connection().close();
  }

  @Override
  public void abort() {
    aborted = true;
    var current = connection;
    if (current != null) {
      current.abort();
    }
  }

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
    if (aborted) {
      connection.abort();
    }
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    return cutter.frameBytes(input);
  }

  @Override
  public boolean isBusy() {
    return state != Idle.IDLE || owner.keepsUnused(this);
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    if (state instanceof Waiting waiting
        && STATE.compareAndSet(this, waiting, new Answered(frame))) {
      connection.resume(waiting.thread);
    } else {
      frame.release();
      connection.abort();
    }
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    lose(
        cause == null
            ? new ConnectionLostException("the server closed the connection", null)
            : new ConnectionLostException(
                "the reply cannot be read: " + cause.getMessage(), cause));
    connection.abort();
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    lose(new ConnectionLostException(reason));
    owner.closed(this);
  }

  private void lose(ConnectionLostException cause) {
    var lost = new Lost(cause);
    if (STATE.compareAndSet(this, Idle.IDLE, lost)) {
      return;
    }
    // A reply that is already here stays; its caller finds the connection closed afterwards.
    if (state instanceof Waiting waiting && STATE.compareAndSet(this, waiting, lost)) {
      LockSupport.unpark(waiting.thread);
    }
  }

  private Connection connection() {
    var current = connection;
    if (current == null) {
      throw new IllegalStateException("not connected");
    }
    return current;
  }
}
