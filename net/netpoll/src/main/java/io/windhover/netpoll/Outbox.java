package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a connection has yet to send.
///
/// Many threads add; one at a time flushes. Who adds while nobody flushes becomes the flusher and
/// tries the socket at once, on its own thread; all others just add, and their frames leave in the
/// flusher's next write. When the kernel takes no more, or the flusher has sent for others long
/// enough, it hands its role to the poller, which goes on when the socket is writable.
///
/// ```
///   NOBODY --add--> WRITER --all sent--> NOBODY
///                   WRITER --enough--> POLLER --writable--> WRITER (on the poller)
///   any --discard--> CLOSED
/// ```
///
/// `batch` belongs to the WRITER alone, without the lock. So a discard that meets a WRITER leaves
/// `batch` to it, and the WRITER, when it comes back from the socket and finds CLOSED, releases it.
/// In the other states nobody uses `batch`, and who changes the state under the lock may.
///
/// Neither buffer exists before the first frame and after [#rest]: most connections are idle most
/// of the time.
final class Outbox {

  private enum Flusher {
    NOBODY,
    WRITER,
    POLLER,
    CLOSED
  }

  /// Whose outbox it is.
  interface Owner {

    /// More waits for room than may be unsent: [#heldBytes] has grown. With the lock held.
    void holdsMore();
  }

  /// How a flush ended.
  enum Outcome {
    /// Nothing is left.
    EMPTY,
    /// Something is left: flush again when the socket is writable.
    BLOCKED,
    /// The connection is closed.
    CLOSED
  }

  /// What became of a frame that was to be added.
  enum Added {
    /// The caller is now the flusher and must call [#flush].
    TO_FLUSH,
    /// Another flusher sends it.
    QUEUED,
    /// There was no room in time: it is released.
    NO_ROOM
  }

  /// A flusher that sends for others writes so often at most: its own thread has other work too.
  private static final int MAX_WRITES_PER_FLUSH = 16;

  private final LongSupplier nanoClock;
  private final Owner owner;
  private final ReentrantLock lock = new ReentrantLock(); // guards all but batch
  private @Nullable Condition progress; // null until somebody waits for it
  private Flusher flusher = Flusher.NOBODY;
  private @Nullable CloseReason closeReason;
  private @Nullable LinkBuffer added;
  private int unsentBytes; // in added and in batch
  private long waitingBytes; // of those who wait for room
  private long progressNanos;
  private boolean lost; // something was discarded unsent

  private @Nullable LinkBuffer batch;

  Outbox(LongSupplier nanoClock, Owner owner) {
    this.nanoClock = nanoClock;
    this.owner = owner;
    this.progressNanos = nanoClock.getAsLong();
  }

  /// Adds a frame, waiting before while more than `highWaterBytes` are unsent. An interrupt ends
  /// the wait, not the adding.
  ///
  /// @param frame taken over, whatever the outcome
  /// @return whether the caller is now the flusher and must call [#flush]
  /// @throws ConnectionClosedException if discarded; nothing of the frame is sent then
  boolean add(LinkBuffer frame, int highWaterBytes) {
    lock.lock();
    try {
      awaitRoom(frame.size(), highWaterBytes, Long.MAX_VALUE);
      return add(frame);
    } finally {
      lock.unlock();
      frame.release(); // empty by now, unless refused
    }
  }

  /// The same for who waits for `nanos` at most; an interrupt ends that early.
  Added add(LinkBuffer frame, int highWaterBytes, long nanos) {
    lock.lock();
    try {
      if (!awaitRoom(frame.size(), highWaterBytes, nanos)) {
        return Added.NO_ROOM;
      }
      return add(frame) ? Added.TO_FLUSH : Added.QUEUED;
    } finally {
      lock.unlock();
      frame.release();
    }
  }

  private boolean add(LinkBuffer frame) {
    if (flusher == Flusher.CLOSED) {
      throw new ConnectionClosedException("the connection is closed: " + closeReason);
    }
    if (frame.size() > Integer.MAX_VALUE - unsentBytes) {
      throw new IllegalStateException("2 GiB are unsent");
    }
    if (unsentBytes == 0) {
      progressNanos = nanoClock.getAsLong();
    }
    unsentBytes += frame.size();
    if (added == null) {
      added = new LinkBuffer();
    }
    added.append(frame);
    if (flusher != Flusher.NOBODY) {
      return false;
    }
    flusher = Flusher.WRITER;
    return true;
  }

  /// @return whether there is room, or will never be any more
  private boolean awaitRoom(int frameBytes, int highWaterBytes, long nanos) {
    if (isFull(highWaterBytes) && nanos > 0) {
      waitingBytes += frameBytes;
      try {
        if (waitingBytes > highWaterBytes) {
          owner.holdsMore();
        }
        waitForRoom(highWaterBytes, nanos);
      } finally {
        waitingBytes -= frameBytes;
      }
    }
    return !isFull(highWaterBytes);
  }

  private boolean isFull(int highWaterBytes) {
    return unsentBytes > highWaterBytes && flusher != Flusher.CLOSED;
  }

  private void waitForRoom(int highWaterBytes, long nanos) {
    long left = nanos;
    try {
      while (isFull(highWaterBytes) && left > 0) {
        if (nanos == Long.MAX_VALUE) {
          progressMade().await(); // which sets no timer
        } else {
          left = progressMade().awaitNanos(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Condition progressMade() {
    if (progress == null) {
      progress = lock.newCondition();
    }
    return progress;
  }

  /// Takes the role back on the poller, now that the socket is writable.
  ///
  /// @return whether the caller is now the flusher and must call [#flush]
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

  /// Sends. For the flusher only, who is it no longer when this returns.
  ///
  /// @throws IOException if the socket failed; all is discarded then
  Outcome flush(PolledSocket socket) throws IOException {
    boolean failed = true;
    try {
      var outcome = drain(socket);
      failed = false;
      return outcome;
    } finally {
      if (failed) {
        release(batch);
        discard(CloseReason.RESET);
      }
    }
  }

  private Outcome drain(PolledSocket socket) throws IOException {
    int sent = 0;
    for (int writes = 0; ; writes++) {
      boolean enough = writes == MAX_WRITES_PER_FLUSH || (writes > 0 && sent == 0);
      var outcome = next(sent, enough);
      if (outcome != null) {
        return outcome;
      }
      var sending = Objects.requireNonNull(batch);
      int before = sending.size();
      socket.write(sending);
      sent = before - sending.size();
    }
  }

  /// Accounts for a write and decides what follows.
  ///
  /// @return null if another write does
  private @Nullable Outcome next(int sent, boolean enough) {
    lock.lock();
    try {
      if (flusher == Flusher.CLOSED) {
        release(batch);
        return Outcome.CLOSED;
      }
      if (sent > 0) {
        unsentBytes -= sent;
        progressNanos = nanoClock.getAsLong();
        tellWaiters();
      }
      if (unsentBytes == 0) {
        flusher = Flusher.NOBODY;
        return Outcome.EMPTY;
      }
      if (enough) {
        flusher = Flusher.POLLER;
        return Outcome.BLOCKED;
      }
      takeAdded();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until nothing is unsent.
  ///
  /// @return whether that is so: false if it takes longer than `timeout`, or is interrupted
  /// @throws ConnectionClosedException if something was discarded
  boolean awaitSent(Duration timeout) {
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lock();
    try {
      while (unsentBytes > 0 && nanos > 0) {
        nanos = progressMade().awaitNanos(nanos);
      }
      if (lost) {
        throw new ConnectionClosedException("not all was sent: " + closeReason);
      }
      return unsentBytes == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unsentBytes == 0 && !lost;
    } finally {
      lock.unlock();
    }
  }

  private void tellWaiters() {
    if (progress != null) {
      progress.signalAll();
    }
  }

  private void takeAdded() {
    if (batch == null || batch.size() == 0) {
      var empty = batch;
      batch = added;
      added = empty;
    } else if (added != null) {
      batch.append(added);
    }
  }

  /// Lets go of both buffers if nobody uses them.
  void rest() {
    lock.lock();
    try {
      if (flusher == Flusher.NOBODY) { // so nothing is unsent
        added = null;
        batch = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private static void release(@Nullable LinkBuffer buffer) {
    if (buffer != null) {
      buffer.release();
    }
  }

  /// Refuses more, if nothing is left to send.
  ///
  /// @return whether that was so
  boolean closeIfEmpty() {
    lock.lock();
    try {
      if (flusher != Flusher.NOBODY) {
        return false;
      }
      discard(CloseReason.CLOSED_HERE);
      return true;
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

  /// Returns why all was discarded, or null if it was not.
  @Nullable CloseReason closeReason() {
    lock.lock();
    try {
      return closeReason;
    } finally {
      lock.unlock();
    }
  }

  int unsentBytes() {
    lock.lock();
    try {
      return unsentBytes;
    } finally {
      lock.unlock();
    }
  }

  /// Returns what is unsent, or waits to be added.
  long heldBytes() {
    lock.lock();
    try {
      return unsentBytes + waitingBytes;
    } finally {
      lock.unlock();
    }
  }

  /// Returns [#unsentBytes] without the lock: at least what the calling thread has added in the
  /// flusher's role.
  int unsentBytesHere() {
    return unsentBytes;
  }

  /// Returns when something was last sent.
  long lastProgressNanos() {
    lock.lock();
    try {
      return progressNanos;
    } finally {
      lock.unlock();
    }
  }

  /// Drops what is unsent and refuses more. The first reason stays.
  void discard(CloseReason reason) {
    lock.lock();
    try {
      if (flusher == Flusher.CLOSED) {
        return;
      }
      if (flusher != Flusher.WRITER) {
        release(batch);
      }
      flusher = Flusher.CLOSED;
      closeReason = reason;
      lost = unsentBytes > 0;
      unsentBytes = 0;
      release(added);
      tellWaiters();
    } finally {
      lock.unlock();
    }
  }
}
