package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.Connection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What one stream has received and nobody has taken yet: filled by the connection's poller,
/// emptied by one thread at a time.
///
/// ```
///   OPEN --end--> ENDED        what waits is still taken, then the end
///   OPEN, ENDED --fail--> FAILED   nothing more is taken
/// ```
final class Inbox {

  /// What arrived in more memory than so many times its bytes, with much else, is copied, so that
  /// it does not keep that.
  private static final int MAX_MEMORY_TIMES = 4;

  /// The same of frames of up to half a node that were read one by one, and of all that waits while
  /// that is little.
  private static final int MAX_SMALL_MEMORY_TIMES = 2;

  private static final int SMALL_BYTES = 8 << 10;

  private enum State {
    OPEN,
    ENDED,
    FAILED
  }

  private final Connection connection;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final ReceiveWindow window;
  private State state = State.OPEN;
  private @Nullable ResponseHead head;
  private @Nullable LinkBuffer data;
  private List<HeaderField> trailers = List.of();
  private @Nullable StreamException failure;
  private @Nullable Thread reader;
  private volatile boolean done; // ENDED, and without data; read without the lock

  Inbox(Connection connection, int windowBytes) {
    this.connection = connection;
    this.window = new ReceiveWindow(windowBytes, 0);
  }

  // ---- the poller's

  void headArrived(ResponseHead head) {
    Thread woken;
    lock.lock();
    try {
      this.head = head;
      woken = takeReader();
    } finally {
      lock.unlock();
    }
    wake(woken);
  }

  /// @param arrived taken over
  /// @param flowBytes that it counts for flow control
  /// @param isLast whether nothing follows, so that it is likely to be taken at once; [#compact] is
  ///   to be called if it is not
  /// @return bytes that are kept; -1 if the peer was not allowed to send them, and nothing is kept
  int dataArrived(LinkBuffer arrived, int flowBytes, boolean isLast) {
    int count = arrived.size();
    Thread woken;
    lock.lock();
    try {
      if (state != State.OPEN) {
        count = 0;
        return 0;
      }
      if (!window.arrived(flowBytes)) {
        return -1;
      }
      window.taken(flowBytes - count);
      keep(arrived, isLast);
      woken = takeReader();
    } finally {
      lock.unlock();
      arrived.release(); // empty by now, unless it is not kept
    }
    wake(woken);
    return count;
  }

  /// All of a stream's data is taken at once as a rule, and so is left where it arrived; or else
  /// [#compact] follows.
  private void keep(LinkBuffer arrived, boolean isLast) {
    int count = arrived.size();
    if (count == 0) {
      return;
    }
    var waiting = data;
    if (waiting == null) {
      waiting = new LinkBuffer();
      data = waiting;
      if (isLast) {
        waiting.append(arrived);
        return;
      }
    }
    if (waiting.size() + count < SMALL_BYTES) {
      waiting.append(arrived);
      waiting.compact();
      return;
    }
    int times = count < SMALL_BYTES ? MAX_SMALL_MEMORY_TIMES : MAX_MEMORY_TIMES;
    if (arrived.memoryBytes() > times * count) {
      waiting.copy(arrived);
    } else {
      waiting.append(arrived);
    }
  }

  /// The last data was not taken at once: what still waits keeps no memory in which much else
  /// arrived.
  void compact() {
    lock.lock();
    try {
      var waiting = data;
      if (waiting != null
          && (waiting.size() < SMALL_BYTES
              || waiting.memoryBytes() > (long) MAX_MEMORY_TIMES * waiting.size())) {
        waiting.compact();
      }
    } finally {
      lock.unlock();
    }
  }

  void endArrived(List<HeaderField> trailers) {
    Thread woken;
    lock.lock();
    try {
      if (state == State.OPEN) {
        state = State.ENDED;
        this.trailers = trailers;
        done = data == null;
      }
      woken = takeReader();
    } finally {
      lock.unlock();
    }
    wake(woken);
  }

  void resize(int windowBytes) {
    lock.lock();
    try {
      window.resize(windowBytes);
    } finally {
      lock.unlock();
    }
  }

  // ---- any thread's

  /// Returns by how much to let the peer send more on this stream now; 0 if it is to wait.
  int credit() {
    lock.lock();
    try {
      return state == State.OPEN ? window.credit() : 0;
    } finally {
      lock.unlock();
    }
  }

  /// Drops what waits.
  ///
  /// @param keepsEnded whether a stream that the peer has ended is left as it is
  /// @return bytes that were dropped
  int fail(StreamException failure, boolean keepsEnded) {
    int dropped;
    Thread woken;
    lock.lock();
    try {
      if (state == State.FAILED || (keepsEnded && state == State.ENDED)) {
        return 0;
      }
      state = State.FAILED;
      done = false;
      this.failure = failure;
      dropped = dropData();
      woken = takeReader();
    } finally {
      lock.unlock();
    }
    wake(woken);
    return dropped;
  }

  private int dropData() {
    var dropped = data;
    if (dropped == null) {
      return 0;
    }
    data = null;
    int count = dropped.size();
    dropped.release();
    return count;
  }

  private @Nullable Thread takeReader() {
    var woken = reader;
    reader = null;
    return woken;
  }

  private void wake(@Nullable Thread thread) {
    if (thread != null) {
      connection.resume(thread);
    }
  }

  // ---- the reader's

  /// Returns all data that waits, for the caller to release; null if none does now.
  ///
  /// @throws StreamException if the stream has failed
  @Nullable LinkBuffer poll() {
    lock.lock();
    try {
      return takeData();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable LinkBuffer takeData() {
    if (failure != null) {
      throw failure;
    }
    var taken = data;
    if (taken != null) {
      data = null;
      window.taken(taken.size());
      done = state == State.ENDED;
    }
    return taken;
  }

  /// Waits for data, and returns all that is there; null at the end.
  ///
  /// @param deadlineNanos by [System#nanoTime]
  /// @throws StreamException if the stream has failed
  @Nullable LinkBuffer take(long deadlineNanos) throws InterruptedException, TimeoutException {
    while (true) {
      lock.lock();
      try {
        stopReading();
        var taken = takeData();
        if (taken != null || state == State.ENDED) {
          return taken;
        }
        becomeReader(deadlineNanos);
      } finally {
        lock.unlock();
      }
      LockSupport.parkNanos(this, deadlineNanos - System.nanoTime());
    }
  }

  /// Waits for the response's head.
  ///
  /// @param deadlineNanos by [System#nanoTime]
  /// @throws StreamException if the stream has failed
  ResponseHead takeHead(long deadlineNanos) throws InterruptedException, TimeoutException {
    while (true) {
      lock.lock();
      try {
        stopReading();
        if (head != null) {
          return head;
        }
        if (failure != null) {
          throw failure;
        }
        becomeReader(deadlineNanos);
      } finally {
        lock.unlock();
      }
      LockSupport.parkNanos(this, deadlineNanos - System.nanoTime());
    }
  }

  private void becomeReader(long deadlineNanos) throws InterruptedException, TimeoutException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (deadlineNanos - System.nanoTime() <= 0) {
      throw new TimeoutException();
    }
    if (reader != null) {
      throw new IllegalStateException(
          "two threads read from one stream at once (expected: one at a time)");
    }
    reader = Thread.currentThread();
  }

  /// The calling thread does not wait now.
  private void stopReading() {
    if (reader == Thread.currentThread()) {
      reader = null;
    }
  }

  @Nullable ResponseHead head() {
    lock.lock();
    try {
      return head;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the peer has ended its side, and all data was taken.
  boolean isDone() {
    return done;
  }

  /// Whether data waits.
  boolean hasData() {
    lock.lock();
    try {
      return data != null;
    } finally {
      lock.unlock();
    }
  }

  List<HeaderField> trailers() {
    lock.lock();
    try {
      return trailers;
    } finally {
      lock.unlock();
    }
  }
}
