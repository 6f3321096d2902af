package io.windhover.http2;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// How much the peer may send on all streams together, for the threads that take what it has sent.
///
/// What waits on streams is allowed anew all the same until it is a lot: a stream that nobody reads
/// keeps its own window shut, and not those of the others.
final class SharedWindow {

  private final ReentrantLock lock = new ReentrantLock(); // guards the window
  private final ReceiveWindow window;
  private volatile long held; // of the window, read without the lock
  private final AtomicLong kept = new AtomicLong(); // that were taken, and are not used yet

  SharedWindow(Http2Options options) {
    this.window = new ReceiveWindow(options.connectionWindowBytes(), options.maxHeldBytes());
  }

  /// @return whether the peer was allowed so many
  boolean arrived(int bytes) {
    lock.lock();
    try {
      boolean fits = window.arrived(bytes);
      held = window.held();
      return fits;
    } finally {
      lock.unlock();
    }
  }

  /// Somebody has taken bytes, or they were dropped; 0 to see what else there is.
  ///
  /// @return by how much to let the peer send more now; 0 if it is to wait
  int taken(int bytes) {
    lock.lock();
    try {
      window.taken(bytes);
      held = window.held();
      return window.credit();
    } finally {
      lock.unlock();
    }
  }

  /// @return by how much the peer may send more at once; 0 if it is that large already
  int grow(int size) {
    lock.lock();
    try {
      return size > window.size() ? window.resize(size) : 0;
    } finally {
      lock.unlock();
    }
  }

  /// Somebody keeps more bytes, or fewer, that were taken. They do not narrow the window: or those
  /// who wait for the rest of what they keep could wait for one another.
  void kept(int more) {
    kept.addAndGet(more);
  }

  /// Returns how many bytes have arrived and were not taken, or are kept.
  long held() {
    return held + kept.get();
  }
}
