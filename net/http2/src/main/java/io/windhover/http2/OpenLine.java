package io.windhover.http2;

import io.windhover.http2.StreamException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Who waits to open a stream, in the order of their coming, while the server allows no more. All
/// of it is guarded by the lock of the [Sender].
final class OpenLine {

  /// Streams, until the server has said, as gRPC's clients do.
  private static final int LIMIT_AT_FIRST = 100;

  /// One thread that waits.
  static final class Place {
    private final Thread thread = Thread.currentThread();
    private boolean called; // may open now: a stream is counted for it
  }

  private final int maxWaiting;
  private final ArrayDeque<Place> waiting = new ArrayDeque<>(0);
  private final AtomicInteger threads = new AtomicInteger(); // that wait; read without the lock
  private volatile int limit = LIMIT_AT_FIRST; // read without the lock
  private boolean limitKnown;
  private int open; // streams, and those who are called
  private boolean dissolved;

  OpenLine(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  /// Whether a stream may be opened at once.
  boolean hasRoom() {
    return open < limit && waiting.isEmpty();
  }

  /// Takes a place for the calling thread, which then [waits][#await], without the lock.
  ///
  /// @throws StreamException if too many wait
  Place join() {
    if (waiting.size() >= maxWaiting) {
      throw StreamException.notProcessed(
          Reason.OVERLOADED, "%d wait to open a stream already".formatted(waiting.size()));
    }
    var place = new Place();
    waiting.add(place);
    return place;
  }

  /// Returns how many threads wait.
  int waiting() {
    return threads.get();
  }

  int limit() {
    return limit;
  }

  /// Waits until another stream may be opened. The caller then [leaves][#leave], under the lock,
  /// and [opens][#opened] it or not.
  void await(Place place, Sender sender, Duration timeout)
      throws InterruptedException, TimeoutException {
    threads.getAndIncrement();
    try {
      awaitCall(place, sender, timeout);
    } finally {
      threads.getAndDecrement();
    }
  }

  private void awaitCall(Place place, Sender sender, Duration timeout)
      throws InterruptedException, TimeoutException {
    long deadlineNanos = System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    while (!isCalled(place, sender)) {
      long left = deadlineNanos - System.nanoTime();
      boolean interrupted = Thread.currentThread().isInterrupted();
      if ((interrupted || left <= 0) && givesUp(place, sender)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        throw new TimeoutException("the server allows no more streams for now");
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private boolean isCalled(Place place, Sender sender) {
    try (var _ = sender.begin()) {
      return place.called || dissolved;
    }
  }

  /// @return false if it was called just now
  private boolean givesUp(Place place, Sender sender) {
    try (var _ = sender.begin()) {
      return waiting.remove(place);
    }
  }

  /// Gives the place up, now that its thread goes on.
  void leave(Place place) {
    if (place.called) {
      open--;
    } else {
      waiting.remove(place);
    }
  }

  void opened() {
    open++;
  }

  /// Who was called has opened none: the next may.
  void goOn(Sender sender) {
    call(sender);
  }

  void ended(Sender sender) {
    open--;
    call(sender);
  }

  void limit(int streams, Sender sender) {
    limit = streams;
    limitKnown = true;
    call(sender);
  }

  /// The server has spoken, and said nothing of it.
  void limitIfUnknown(int streams, Sender sender) {
    if (!limitKnown) {
      limit(streams, sender);
    }
  }

  private void call(Sender sender) {
    while (open < limit && !waiting.isEmpty()) {
      var next = waiting.remove();
      next.called = true;
      open++;
      sender.wake(next.thread);
    }
  }

  /// No more streams are opened: all who wait shall see that.
  void dissolve(Sender sender) {
    dissolved = true;
    waiting.forEach(place -> sender.wake(place.thread));
  }
}
