package io.windhover.rpc.client;

import io.windhover.rpc.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The system's time, for calls on virtual threads: nearly all of them end long before their
/// deadlines.
///
/// A timed park of a virtual thread wakes a thread of the JDK's, twice: that costs a lone caller
/// more than all the rest of a call. So who waits for long parks without a time, and leaves word
/// here. One daemon thread looks every 10 ms at those words and wakes whose time is near; only what
/// is left then is timed by the JDK, so that no deadline is late by it. Who was woken by a reply
/// takes no word back: it marks it as over, and the next look drops it.
///
/// While nobody waits the thread sleeps. Any thread may wait here.
final class CallTimer implements TimeSource, AutoCloseable {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /// So long before its time a thread is woken, and waits up to that are the JDK's.
  private static final long NEAR_NANOS = 3 * INTERVAL_NANOS;

  /// Whoever waits longer has no deadline to speak of.
  private static final long FAR_NANOS = TimeUnit.DAYS.toNanos(1);

  /// Looks in vain until it sleeps: waking it costs more than some of them.
  private static final int IDLE_LOOKS = 100;

  /// The word of one who waits.
  private static final class Word {
    private final Thread thread = Thread.currentThread();
    private final long nearNanos; // when to wake it
    private volatile boolean over;
    private @Nullable Word next; // of the stack

    private Word(long nearNanos) {
      this.nearNanos = nearNanos;
    }
  }

  private final AtomicReference<@Nullable Word> left = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "windhover-call-timer");
  private volatile boolean asleep;
  private volatile boolean closed;

  private CallTimer() {
    thread.setDaemon(true);
  }

  static CallTimer start() {
    var timer = new CallTimer();
    timer.thread.start();
    return timer;
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
    leave(word);
    if (closed) { // which may have missed it
      SYSTEM.park(blocker, nanos);
    } else {
      LockSupport.park(blocker);
    }
    word.over = true;
  }

  private void leave(Word word) {
    do {
      word.next = left.get();
    } while (!left.compareAndSet(word.next, word));
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  // ---- on the thread

  private void run() {
    var waiting = new ArrayList<Word>();
    int idleLooks = 0;
    while (!closed) {
      take(waiting);
      long now = System.nanoTime();
      waiting.removeIf(word -> word.over || wake(word, now));
      idleLooks = waiting.isEmpty() ? idleLooks + 1 : 0;
      if (idleLooks < IDLE_LOOKS) {
        LockSupport.parkNanos(this, INTERVAL_NANOS);
      } else {
        sleep();
        idleLooks = 0;
      }
    }
    take(waiting);
    waiting.forEach(word -> LockSupport.unpark(word.thread));
  }

  /// @return whether its time was near
  private static boolean wake(Word word, long now) {
    if (word.nearNanos - now > 0) {
      return false;
    }
    LockSupport.unpark(word.thread);
    return true;
  }

  private void take(List<Word> waiting) {
    for (var word = left.getAndSet(null); word != null; word = word.next) {
      if (!word.over) {
        waiting.add(word);
      }
    }
  }

  private void sleep() {
    asleep = true;
    if (left.get() == null && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /// Wakes all who wait; who waits from now on is timed by the JDK.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  @Override
  public String toString() {
    return "system time";
  }
}
