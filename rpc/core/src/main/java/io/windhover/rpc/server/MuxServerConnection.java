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
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.MuxFrame;
import io.windhover.rpc.wire.SkippedFrame;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import java.lang.System.Logger.Level;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The server's end of a multiplexed connection: each request runs on a virtual thread of its own,
/// and replies leave in the order in which calls end.
///
/// ```
///   OPEN --drain--> FINISHING      serves on as before
///   FINISHING --no call is under way, or it had long enough--> LEAVING
///                                  the peer is told to go elsewhere; what it still sends is served
///   OPEN, FINISHING --peer ends--> ENDING
///   LEAVING --peer ends, or it had long enough--> ENDING       nothing more is read
///   ENDING --last call ends--> closed from here
///   any --connection closed--> CLOSED     threads of calls are interrupted, their replies dropped
/// ```
///
/// When too many calls, or too many bytes, are under way, reading pauses and the kernel makes the
/// peer wait; nothing is refused. Kitex' clients stay connected after they were told to go, and
/// wait for the server to close: so they get a time to obey in, since requests may be on their way.
/// That of v0.16.3 crashes when it is told, and fails all calls that it waits for: so none is told
/// while a call is under way, if that can be.
final class MuxServerConnection implements ServedConnection {

  private static final System.Logger LOG = System.getLogger(MuxServerConnection.class.getName());

  private enum State {
    OPEN,
    FINISHING,
    LEAVING,
    ENDING,
    CLOSED
  }

  private final WireLimits limits;
  private final Dispatcher dispatcher;
  private final RequestBudget budget;
  private final CallThreads threads;
  private final Duration leaveTimeout;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final CallLoad load = new CallLoad();
  private volatile boolean paused;
  private volatile boolean cancelled;
  private volatile @Nullable Connection connection;
  private volatile @Nullable Thread leaving;

  private final SkippedFrame skipped = new SkippedFrame();
  private final CallTable calls = new CallTable(); // the poller adds to it

  /// @param leaveTimeout how long calls may keep a peer from being told to go elsewhere, and how
  ///   long one that was told may take
  MuxServerConnection(
      WireLimits limits,
      Dispatcher dispatcher,
      RequestBudget budget,
      CallThreads threads,
      Duration leaveTimeout) {
    this.limits = limits;
    this.dispatcher = dispatcher;
    this.budget = budget;
    this.threads = threads;
    this.leaveTimeout = leaveTimeout;
  }

  /// A request under way. Until [#hasEnded] its sequence id is taken.
  final class Call implements Runnable {
    final int sequenceId;
    private final LinkBuffer frame;
    private final int bytes;
    private final long arrivalNanos = System.nanoTime();
    private final CallSlot slot = new CallSlot();
    private @Nullable WireException refusal;
    private volatile boolean ended;

    private Call(LinkBuffer frame) {
      this.sequenceId = MuxFrame.sequenceId(frame);
      this.frame = frame;
      this.bytes = frame.size();
    }

    boolean hasEnded() {
      return ended;
    }

    void cancel() {
      slot.close();
    }

    @Override
    public void run() {
      try {
        answer(dispatch());
      } catch (Throwable failure) { // out of memory, or a bug: the caller must not wait in vain
        LastResort.abort(connection());
        LOG.log(Level.ERROR, "a call failed outside of its handler; its connection ends", failure);
      } finally {
        ended = true;
        ended(bytes);
      }
    }

    private Reply dispatch() {
      try {
        var arrival = new Arrival(arrivalNanos, connection().remoteAddress(), slot);
        return refusal == null
            ? dispatcher.dispatch(frame, arrival)
            : dispatcher.refuse(frame, refusal, arrival);
      } finally {
        budget.giveBack(bytes);
      }
    }

    private void answer(Reply reply) {
      ended = true; // before the peer can know, since it may take the id for its next call
      if (reply.frame() != null) {
        write(reply.frame());
      } else if (reply.closes()) { // there is no answer that would fit
        connection().close();
      }
    }
  }

  private Connection connection() {
    var current = connection;
    if (current == null) {
      throw new IllegalStateException("not connected");
    }
    return current;
  }

  private void write(LinkBuffer frame) {
    try {
      connection().write(frame);
    } catch (ConnectionClosedException e) {
      LOG.log(Level.DEBUG, () -> "not sent, " + connection().remoteAddress() + " is gone");
    }
  }

  // ---- on the poller

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
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
        refuseTooLarge(input, e);
      }
    }
    return skipped.pieceBytes(input);
  }

  /// Costs that call only: it is answered, and what comes of its frame is dropped.
  private void refuseTooLarge(LinkBuffer input, WireException why) {
    var refusal = dispatcher.refuseTooLarge(input, why, connection().remoteAddress());
    if (refusal != null) {
      write(refusal);
    }
  }

  @Override
  public void received(Connection connection, LinkBuffer frame) {
    if (skipped.isUnderWay()) {
      skipped.drop(frame);
      return;
    }
    var call = new Call(frame);
    if (!budget.take(call.bytes)) {
      LastResort.refuse(connection, frame, budget);
      return;
    }
    if (call.sequenceId == MuxFrame.CONTROL) {
      call.refusal =
          badId("sequence id: 0 (expected: another, since it is that of control frames)");
    } else if (!calls.add(call)) {
      call.refusal =
          badId("sequence id: %d is that of a call under way".formatted(call.sequenceId));
    }
    if (load.begin(call.bytes)) {
      connection.pauseReading();
      paused = true; // after it, so that it comes before who sees this resumes
      resumeIfRoom();
    }
    if (cancelled) { // which may have missed it; the load's atomic step lies between
      call.cancel();
    }
    threads.run(connection, call);
  }

  private static WireException badId(String what) {
    return new WireException(ErrorCode.BAD_SEQUENCE_ID, what);
  }

  @Override
  public boolean isBusy() {
    return !load.isNone();
  }

  /// No more requests will come; those that did are served before the connection closes.
  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    if (cause != null) {
      LOG.log(Level.DEBUG, () -> connection.remoteAddress() + " refused: " + cause.getMessage());
    }
    end();
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    state.set(State.CLOSED);
    calls.forEachUnderWay(Call::cancel);
    LockSupport.unpark(leaving);
  }

  // ---- any thread

  private void ended(int bytes) {
    boolean wasLast = load.end(bytes);
    resumeIfRoom();
    if (!wasLast) {
      return;
    }
    var current = state.get();
    if (current == State.FINISHING) {
      LockSupport.unpark(leaving);
    } else if (current == State.ENDING) {
      connection().close();
    }
  }

  /// Either the call that makes room sees that reading is paused, or who pauses it sees the room.
  private void resumeIfRoom() {
    if (paused && load.hasRoomAgain() && state.get() != State.ENDING) {
      paused = false;
      connection().resumeReading();
    }
  }

  /// The control frame is what tells a peer that sends at this moment.
  @Override
  public void finish() {
    drain();
  }

  @Override
  public void drain() {
    if (state.compareAndSet(State.OPEN, State.FINISHING)) {
      var thread =
          Thread.ofVirtual()
              .name("windhover-leave")
              .inheritInheritableThreadLocals(false)
              .unstarted(this::leave);
      leaving = thread; // before it starts, so that it is woken by the last call
      thread.start();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    VarHandle.fullFence(); // either this sees a call that comes, or the poller sees the flag
    calls.forEachUnderWay(Call::cancel);
  }

  private void leave() {
    await(() -> state.get() != State.FINISHING || load.isNone());
    if (state.compareAndSet(State.FINISHING, State.LEAVING)) {
      write(MuxFrame.goAway());
      await(() -> state.get() != State.LEAVING);
    }
    end();
  }

  /// Waits for what wakes this thread when it comes true, and no longer than a peer may take.
  private void await(BooleanSupplier condition) {
    long end = System.nanoTime() + leaveTimeout.toNanos();
    for (long left = leaveTimeout.toNanos();
        left > 0 && !condition.getAsBoolean();
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  /// Reads no more, and closes once the last call has ended.
  private void end() {
    if (!state.compareAndSet(State.LEAVING, State.ENDING)
        && !state.compareAndSet(State.FINISHING, State.ENDING)
        && !state.compareAndSet(State.OPEN, State.ENDING)) {
      return;
    }
    connection().pauseReading();
    if (load.isNone()) {
      connection().close();
    }
  }
}
