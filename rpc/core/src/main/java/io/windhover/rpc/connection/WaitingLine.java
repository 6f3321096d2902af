package io.windhover.rpc.connection;

import io.windhover.rpc.TimeSource;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Threads that wait for something to change at a pool, in the order in which they came, each on
/// the time of its own call. Guarded by the pool's lock, which is let go while a thread waits.
///
/// Who is woken looks again, and stays in its place until it leaves: whoever leaves, for whatever
/// reason, lets the next one look.
final class WaitingLine {

  private final ReentrantLock lock;
  private final ArrayDeque<Thread> threads = new ArrayDeque<>();

  WaitingLine(ReentrantLock lock) {
    this.lock = lock;
  }

  boolean isEmpty() {
    return threads.isEmpty();
  }

  int length() {
    return threads.size();
  }

  /// Puts the calling thread at the end.
  void enter() {
    threads.addLast(Thread.currentThread());
  }

  void leave() {
    threads.remove(Thread.currentThread());
  }

  /// Whether the calling thread is next.
  boolean isFirst() {
    return Thread.currentThread().equals(threads.peekFirst());
  }

  /// Waits until woken, or for as long; may return for no reason. A wake-up that comes once the
  /// lock is let go is not lost: it is a permit to go on.
  void await(TimeSource time, long nanos) throws InterruptedException {
    lock.unlock();
    try {
      time.park(this, nanos);
    } finally {
      lock.lock();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  void wakeFirst() {
    LockSupport.unpark(threads.peekFirst());
  }

  void wakeAll() {
    threads.forEach(LockSupport::unpark);
  }
}
