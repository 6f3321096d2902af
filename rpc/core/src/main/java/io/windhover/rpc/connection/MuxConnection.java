package io.windhover.rpc.connection;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.wire.MuxFrame;
import io.windhover.rpc.wire.SkippedFrame;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection that carries many calls at a time, over TTHeader: each reply finds its call by the
/// sequence id.
///
/// ```
///   OPEN --the server leaves--> LEAVING      takes no more calls: a control frame or a reply said so
///   LEAVING --last call ends--> closed from here
///   OPEN, LEAVING --connection closed--> LOST      and with it all calls that wait
/// ```
///
/// Sequence ids are counted up, and the call with id `n` has the place `n` modulo [#MAX_CALLS]; an
/// id whose place is still taken is left out. So a call is found without a search, and there are
/// never more of them than places. Who takes a call out of its place decides how it ends: the
/// poller with its reply or its loss, or the caller, who gives up. What comes for a call that is
/// not in its place is dropped, and counted.
final class MuxConnection implements SharedConnection {

  /// How many calls may be under way: as many as our servers serve at a time.
  static final int MAX_CALLS = 1024;

  private static final int PLACE = MAX_CALLS - 1;

  private static final AtomicReferenceFieldUpdater<MuxConnection, State> STATE =
      AtomicReferenceFieldUpdater.newUpdater(MuxConnection.class, State.class, "state");

  private enum State {
    OPEN,
    LEAVING,
    LOST
  }

  private final WireLimits limits;
  private final LongAdder droppedReplies;
  private final Consumer<MuxConnection> onClosed;
  private final AtomicInteger nextId;
  private final AtomicInteger underWay = new AtomicInteger(); // calls in places, or about to be
  private final AtomicReferenceArray<@Nullable MuxCall> calls =
      new AtomicReferenceArray<>(MAX_CALLS);
  private final SkippedFrame skipped = new SkippedFrame(); // the poller's
  private volatile State state = State.OPEN;
  private volatile @Nullable Connection connection;
  private volatile boolean aborted;
  private volatile boolean takesCompressed;

  /// @param firstId sequence id of the first call
  /// @param droppedReplies counts replies that nobody waits for
  MuxConnection(
      WireLimits limits, int firstId, LongAdder droppedReplies, Consumer<MuxConnection> onClosed) {
    this.limits = limits;
    this.nextId = new AtomicInteger(firstId);
    this.droppedReplies = droppedReplies;
    this.onClosed = onClosed;
  }

  @Override
  public boolean isConnected() {
    return connection != null;
  }

  @Override
  public boolean isOpen() {
    var current = connection;
    return state == State.OPEN && current != null && current.isOpen();
  }

  /// Begins a call of this thread, which is to [#end].
  ///
  /// @return null if too many are under way, or the connection takes no more calls
  @Nullable MuxCall begin() {
    if (underWay.incrementAndGet() <= MAX_CALLS) {
      for (int tries = 0; tries < MAX_CALLS; tries++) {
        int id = nextId.getAndIncrement();
        if (id == MuxFrame.CONTROL || calls.get(id & PLACE) != null) {
          continue;
        }
        var call = new MuxCall(this, id, Thread.currentThread());
        if (calls.compareAndSet(id & PLACE, null, call)) {
          if (state == State.OPEN) {
            return call;
          }
          end(call);
          return null;
        }
      }
    }
    hasEnded();
    return null;
  }

  /// Takes a call out of its place, on its caller's thread.
  ///
  /// @return whether it was there: otherwise the poller has it, or had it, and has its outcome
  boolean end(MuxCall call) {
    boolean ended = take(call);
    if (ended) {
      hasEnded();
    }
    return ended;
  }

  private boolean take(MuxCall call) {
    return calls.compareAndSet(call.sequenceId() & PLACE, call, null);
  }

  private void hasEnded() {
    if (underWay.decrementAndGet() == 0 && state == State.LEAVING) {
      connection().close();
    }
  }

  /// The server is about to close, or this side wants no more of it: lets the calls end that are
  /// under way, and closes. Any thread.
  @Override
  public void leave() {
    if (STATE.compareAndSet(this, State.OPEN, State.LEAVING) && !isBusy()) {
      connection().close();
    }
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
  public int load() {
    return underWay.get();
  }

  boolean takesCompressed() {
    return takesCompressed;
  }

  void takeCompressed() {
    takesCompressed = true;
  }

  Connection connection() {
    var current = connection;
    if (current == null) {
      throw new IllegalStateException("not connected");
    }
    return current;
  }

  // ---- on the poller

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
    if (aborted) {
      connection.abort();
    }
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    if (!skipped.isUnderWay()) {
      try {
        return MuxFrame.frameBytes(input, limits);
      } catch (WireException e) {
        if (!e.isTooLarge() || !skipped.begin(input)) {
          throw e;
        }
        tooLargeArrived(MuxFrame.sequenceId(input), e);
      }
    }
    return skipped.pieceBytes(input);
  }

  /// Costs the call of that reply only: what comes of its frame is dropped.
  private void tooLargeArrived(int id, WireException why) {
    var call = calls.get(id & PLACE);
    if (call != null && call.sequenceId() == id && take(call)) {
      call.lose(unreadable(why));
      LockSupport.unpark(call.thread());
      hasEnded();
    }
  }

  private static ConnectionLostException unreadable(RuntimeException cause) {
    return new ConnectionLostException("the reply cannot be read: " + cause.getMessage(), cause);
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    if (skipped.isUnderWay()) {
      skipped.drop(frame);
      return;
    }
    int id = MuxFrame.sequenceId(frame);
    var call = calls.get(id & PLACE);
    if (call != null && call.sequenceId() == id && take(call)) {
      call.answer(frame);
      connection.resume(call.thread());
      hasEnded();
      return;
    }
    try (frame) {
      if (id == MuxFrame.CONTROL && MuxFrame.isGoAway(frame, limits)) {
        leave();
      } else {
        droppedReplies.increment();
      }
    }
  }

  @Override
  public boolean isBusy() {
    return load() > 0;
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    lose(
        cause == null
            ? new ConnectionLostException("the server closed the connection", null)
            : unreadable(cause));
    connection.abort();
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    lose(new ConnectionLostException(reason));
    onClosed.accept(this);
  }

  /// Either a call that begins is met here, or it meets that the state has changed.
  private void lose(ConnectionLostException cause) {
    state = State.LOST;
    for (int i = 0; i < MAX_CALLS; i++) {
      var call = calls.getAndSet(i, null);
      if (call != null) {
        underWay.decrementAndGet();
        call.lose(cause);
        LockSupport.unpark(call.thread());
      }
    }
  }
}
