package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Stream;
import io.windhover.rpc.Deadline;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Lets the one thread that receives wait for something to arrive on its stream.
///
/// ```java
/// arrivals.enter();
/// try {
///   int seen = arrivals.count();
///   ... // look; if there is nothing:
///   arrivals.await(seen, deadline);
/// } finally {
///   arrivals.leave();
/// }
/// ```
///
/// A look may take locks, and a wait for one of them takes the permit that unparks the thread: so
/// what counts is whether something has arrived since the look began.
final class Arrivals {

  private final AtomicReference<@Nullable Thread> receiver = new AtomicReference<>();
  private final AtomicInteger count = new AtomicInteger();

  /// Has the calling thread told of what arrives, until [#leave].
  ///
  /// @throws IllegalStateException if another thread is
  void enter() {
    if (!receiver.compareAndSet(null, Thread.currentThread())) {
      throw new IllegalStateException(
          "two threads receive from one stream at once (expected: one at a time)");
    }
  }

  void leave() {
    receiver.set(null);
  }

  /// Returns what [#await] needs; to be asked before the look.
  int count() {
    return count.get();
  }

  /// Something has arrived, or the stream has failed. Any thread.
  void arrived(Http2Stream stream) {
    count.getAndIncrement(); // before: who has looked in vain looks again, or is woken
    var woken = receiver.get();
    if (woken != null) {
      stream.resume(woken);
    }
  }

  /// Waits until something arrives, unless it has since the look; may return for no reason.
  ///
  /// @param seen the count before that
  /// @throws TimeoutException if `until` has passed
  void await(int seen, Deadline until) throws TimeoutException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (until.hasPassed()) {
      throw new TimeoutException();
    }
    if (count.get() == seen) {
      until.park(this);
    }
  }
}
