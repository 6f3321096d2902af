package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.time.Lookout;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Where the call that runs can be found by whoever has to end it early: its deadline, or the loss
/// of its connection.
///
/// A connection that runs one call at a time has one slot for its life; one that runs many has one
/// for each.
///
/// A slot stays watched from call to call as long as there is always one, so that a call on a busy
/// connection costs the look at a flag, and no timer:
///
/// ```
///   unwatched --call with a deadline begins--> watched --no call in time at a look--> unwatched
/// ```
public final class CallSlot extends Lookout.Watched {

  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile @Nullable Invocation running;
  private volatile boolean closed;

  /// On the thread of the call.
  public void begin(Invocation invocation) {
    running = invocation;
    if (closed) { // which may have missed it
      invocation.cancellation().cancel();
    }
  }

  /// On the thread of the call.
  void end() {
    running = null;
  }

  /// Cancels the call that runs, and any that begins later. Any thread.
  public void close() {
    closed = true;
    var call = running;
    if (call != null) {
      call.cancellation().cancel();
    }
  }

  /// Whether nobody will get what a call here returns.
  boolean isClosed() {
    return closed;
  }

  // ---- its deadline

  /// Lets the call that has begun be cancelled when its deadline passes, some 20 ms late at most.
  /// On the thread of the call. A lookout that has closed does not: its server has stopped, and has
  /// ended its calls.
  public void watchBy(Lookout lookout) {
    if (watch()) {
      lookout.add(this);
    }
  }

  /// @return whether it was not watched until now
  private boolean watch() {
    return !watched.get() && watched.compareAndSet(false, true);
  }

  /// Cancels the call if its deadline has passed.
  @Override
  protected boolean look(long nowNanos) {
    if (hasCallInTime()) {
      return true;
    }
    watched.set(false);
    return hasCallInTime() && watch(); // one that has just begun may have missed that
  }

  private boolean hasCallInTime() {
    var call = running;
    if (call == null) {
      return false;
    }
    if (call.deadline().hasPassed()) {
      call.cancellation().cancel();
      return false;
    }
    return true;
  }
}
