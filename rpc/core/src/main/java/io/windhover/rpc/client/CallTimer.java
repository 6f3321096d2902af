package io.windhover.rpc.client;

import io.windhover.rpc.TimeSource;
import io.windhover.rpc.time.Lookout;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The system's time, for calls on virtual threads: nearly all of them end long before their
/// deadlines.
///
/// A timed park of a virtual thread wakes a thread of the JDK's, twice: that costs a lone caller
/// more than all the rest of a call (`docs/decisions/0010-waiting.md`). So who waits for long parks
/// without a time, and leaves word with a [Lookout], which wakes whose time is near; only what is
/// left then is timed by the JDK, so that no deadline is late by it. Who was woken by a reply takes
/// no word back: it marks it as over, and the next look drops it.
///
/// Any thread may wait here.
final class CallTimer implements TimeSource, AutoCloseable {

  /// So long before its time a thread is woken, and waits up to that are the JDK's.
  private static final long NEAR_NANOS = 3 * Lookout.INTERVAL_NANOS;

  /// Whoever waits longer has no deadline to speak of.
  private static final long FAR_NANOS = TimeUnit.DAYS.toNanos(1);

  /// The word of one who waits.
  private static final class Word extends Lookout.Watched {
    private final Thread thread = Thread.currentThread();
    private final long nearNanos; // when to wake it
    private volatile boolean over;

    private Word(long nearNanos) {
      this.nearNanos = nearNanos;
    }

    @Override
    protected boolean look(long nowNanos) {
      if (over) {
        return false;
      }
      if (nearNanos - nowNanos > 0) {
        return true;
      }
      LockSupport.unpark(thread);
      return false;
    }

    @Override
    protected void abandoned() {
      LockSupport.unpark(thread);
    }
  }

  private final Lookout lookout;

  private CallTimer(Lookout lookout) {
    this.lookout = lookout;
  }

  static CallTimer start() {
    return new CallTimer(Lookout.start("windhover-call-timer"));
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void park(Object blocker, long nanos) {
    if (nanos <= NEAR_NANOS || nanos > FAR_NANOS || !Thread.currentThread().isVirtual()) {
      SYSTEM.park(blocker, nanos);
      return;
    }
    var word = new Word(System.nanoTime() + nanos - NEAR_NANOS);
    lookout.add(word);
    if (lookout.isClosed()) { // which may have missed it
      SYSTEM.park(blocker, nanos);
    } else {
      LockSupport.park(blocker);
    }
    word.over = true;
  }

  /// Wakes all who wait; who waits from now on is timed by the JDK.
  @Override
  public void close() {
    lookout.close();
  }

  @Override
  public String toString() {
    return "system time";
  }
}
