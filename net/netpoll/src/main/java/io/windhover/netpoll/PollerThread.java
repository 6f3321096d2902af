package io.windhover.netpoll;

import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;

/// The thread of a poller of any back end: one that must never wait for anything but its sockets.
///
/// On a single core, what its turn wakes it wakes at the turn's end and together. To start or
/// unpark a virtual thread from outside of the scheduler wakes a sleeping carrier, which preempts
/// the poller, and turns shrink to one message; from a virtual thread it is an entry in a queue. So
/// one thread is woken directly, and several by a virtual thread that does nothing else; then the
/// poller yields, and more will have arrived when it looks next. On several cores the carriers run
/// beside the poller, and to wake each thread at once is the faster way.
/// `docs/decisions/0003-threads.md` has the figures.
final class PollerThread extends Thread {

  private final boolean wakesTogether;
  private final ArrayList<Thread> toResume = new ArrayList<>();

  PollerThread(String name, boolean wakesTogether, Runnable loop) {
    super(loop, name);
    this.wakesTogether = wakesTogether;
    setDaemon(true);
  }

  /// Starts `thread` if it is new, unparks it otherwise; at the end of the turn if the caller is a
  /// poller that wakes together. Any thread.
  static void resume(Thread thread) {
    if (currentThread() instanceof PollerThread poller && poller.wakesTogether) {
      poller.toResume.add(thread);
    } else {
      resumeNow(thread);
    }
  }

  /// Ends a turn. On this thread only.
  void resumeAll() {
    if (toResume.isEmpty()) {
      return;
    }
    var threads = toResume.toArray(Thread[]::new);
    if (threads.length == 1) {
      resumeNow(threads[0]);
    } else {
      startVirtualThread(
          () -> {
            for (var thread : threads) {
              resumeNow(thread);
            }
          });
    }
    toResume.clear(); // not before: if there was no memory to wake them, the next turn does
    Thread.yield();
  }

  private static void resumeNow(Thread thread) {
    if (thread.getState() == State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  /// Whether the calling thread is a poller's, no matter which one's.
  static boolean isCurrent() {
    return currentThread() instanceof PollerThread;
  }
}
