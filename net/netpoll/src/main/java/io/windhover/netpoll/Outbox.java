package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What a connection has yet to send.
///
/// Many threads add; one at a time flushes. Who adds while nobody flushes becomes the flusher and
/// tries the socket at once, on its own thread; all others just add, and their frames leave in the
/// flusher's next write. When the kernel takes no more, the flusher hands its role to the poller,
/// which goes on when the socket is writable again.
///
/// ```
///   NOBODY --add--> WRITER --all sent--> NOBODY
///                   WRITER --kernel full--> POLLER --writable--> WRITER (on the poller)
///   any --discard--> CLOSED
/// ```
final class Outbox {

  private enum Flusher {
    NOBODY,
    WRITER,
    POLLER,
    CLOSED
  }

  /// How a flush ended.
  enum Outcome {
    /// Nothing is left.
    EMPTY,
    /// The kernel takes no more: flush again when the socket is writable.
    BLOCKED,
    /// Somebody else flushes, or the connection is closed.
    NOT_MINE
  }

  private final ReentrantLock lock = new ReentrantLock(); // guards all but batch
  private final Condition progress = lock.newCondition();
  private Flusher flusher = Flusher.NOBODY;
  private LinkBuffer added = new LinkBuffer();
  private int unsentBytes; // in added and in batch
  private long progressNanos;

  private LinkBuffer batch = new LinkBuffer(); // the flusher's own

  /// Adds a frame.
  ///
  /// @return whether the caller is now the flusher and must call [#flush]
  /// @throws ConnectionClosedException if discarded; the frame is released
  boolean add(LinkBuffer frame, long nowNanos) {
    lock.lock();
    try {
      if (flusher == Flusher.CLOSED) {
        frame.release();
        throw new ConnectionClosedException("the connection is closed");
      }
      if (unsentBytes == 0) {
        progressNanos = nowNanos;
      }
      unsentBytes += frame.size();
      added.append(frame);
      if (flusher != Flusher.NOBODY) {
        return false;
      }
      flusher = Flusher.WRITER;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes the role back on the poller, now that the socket is writable.
  ///
  /// @return whether there is anything to flush
  boolean resume() {
    lock.lock();
    try {
      if (flusher != Flusher.POLLER) {
        return false;
      }
      flusher = Flusher.WRITER;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Sends until nothing is left or the kernel is full. For the flusher only.
  Outcome flush(PolledSocket socket, long nowNanos) throws IOException {
    while (true) {
      lock.lock();
      try {
        if (flusher == Flusher.CLOSED) {
          batch.release();
          return Outcome.NOT_MINE;
        }
        batch.append(added);
        if (batch.size() == 0) {
          flusher = Flusher.NOBODY;
          return Outcome.EMPTY;
        }
      } finally {
        lock.unlock();
      }
      int before = batch.size();
      socket.write(batch);
      int sent = before - batch.size();
      lock.lock();
      try {
        if (sent > 0) {
          unsentBytes -= sent;
          progressNanos = nowNanos;
          progress.signalAll();
        } else if (flusher == Flusher.WRITER) {
          flusher = Flusher.POLLER;
          return Outcome.BLOCKED;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /// Waits until at most `highWaterBytes` are unsent.
  ///
  /// @param timeoutNanos the longest wait
  /// @return false if it was in vain
  /// @throws ConnectionClosedException if discarded meanwhile
  boolean awaitRoom(int highWaterBytes, long timeoutNanos) {
    lock.lock();
    try {
      long left = timeoutNanos;
      while (unsentBytes > highWaterBytes) {
        if (flusher == Flusher.CLOSED) {
          throw new ConnectionClosedException("the connection closed before all was sent");
        }
        if (left <= 0) {
          return false;
        }
        left = progress.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true; // the frame is queued and will go; the caller sees its interrupt
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return flusher == Flusher.NOBODY;
    } finally {
      lock.unlock();
    }
  }

  /// Returns since when nothing moved although something is unsent; `nowNanos` if all is well.
  long stalledSince(long nowNanos) {
    lock.lock();
    try {
      return unsentBytes > 0 ? progressNanos : nowNanos;
    } finally {
      lock.unlock();
    }
  }

  /// Drops what is unsent and refuses more. A flusher in the middle of a write lets go of its own
  /// part when it comes back.
  void discard() {
    lock.lock();
    try {
      var before = flusher;
      flusher = Flusher.CLOSED;
      added.release();
      if (before == Flusher.NOBODY || before == Flusher.POLLER) {
        batch.release();
      }
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// For a flusher whose write failed: its part goes too.
  void failed() {
    lock.lock();
    try {
      flusher = Flusher.CLOSED;
      batch.release();
      added.release();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
