package io.windhover.http2;

import io.windhover.http2.StreamException.Reason;
import io.windhover.netpoll.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Who waits to open a stream, in the order of their coming, while the server allows no more. All
/// of it is guarded by the lock of the [Sender].
final class OpenLine {

  /// One thread that waits.
  static final class Place {
    private final Thread thread = Thread.currentThread();
    private boolean called; // may open now: a stream is counted for it
  }

  private final int maxWaiting;
  private final ArrayDeque<Place> waiting = new ArrayDeque<>(0);
  private final AtomicInteger threads = new AtomicInteger(); // that wait; read without the lock
  private volatile int limit; // read without the lock
  private boolean limitKnown;
  private int open; // streams, and those who are called
  private boolean dissolved;

  OpenLine(int maxWaiting, int limit) {
    this.maxWaiting = maxWaiting;
    this.limit = limit;
  }

  /// Waits until another stream may be opened. The caller then [leaves][#leave], under the lock,
  /// and [opens][#opened] it or not.
  ///
  /// @param check of whether streams are taken at all, with the lock held; throws if not
  /// @throws StreamException if too many wait
  Place enter(Sender sender, Runnable check, Duration timeout)
      throws InterruptedException, TimeoutException {
    var place = new Place();
    sender.begin();
    try {
      check.run();
      if (joins(place)) {
        return place;
      }
    } finally {
      sender.end();
    }
    await(place, sender, timeout);
    return place;
  }

  /// @return whether it need not wait
  private boolean joins(Place place) {
    if (open < limit && waiting.isEmpty()) {
      place.called = true;
      open++;
      return true;
    }
    if (waiting.size() >= maxWaiting) {
      throw StreamException.notProcessed(
          Reason.OVERLOADED, "%d wait to open a stream already".formatted(waiting.size()));
    }
    waiting.add(place);
    return false;
  }

  /// Returns how many threads wait.
  int waiting() {
    return threads.get();
  }

  int limit() {
    return limit;
  }

  private void await(Place place, Sender sender, Duration timeout)
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
    sender.begin();
    try {
      return place.called || dissolved;
    } finally {
      sender.end();
    }
  }

  /// @return false if it was called just now
  private boolean givesUp(Place place, Sender sender) {
    sender.begin();
    try {
      return waiting.remove(place);
    } finally {
      sender.end();
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

  void ended(Connection connection) {
    open--;
    call(connection);
  }

  void limit(int streams, Connection connection) {
    limit = streams;
    limitKnown = true;
    call(connection);
  }

  /// The server has spoken, and said nothing of it.
  void limitIfUnknown(int streams, Connection connection) {
    if (!limitKnown) {
      limit(streams, connection);
    }
  }

  private void call(Connection connection) {
    while (open < limit && !waiting.isEmpty()) {
      var next = waiting.remove();
      next.called = true;
      open++;
      connection.resume(next.thread);
    }
  }

  /// No more streams are opened: all who wait shall see that.
  void dissolve(Connection connection) {
    dissolved = true;
    waiting.forEach(place -> connection.resume(place.thread));
  }
}
