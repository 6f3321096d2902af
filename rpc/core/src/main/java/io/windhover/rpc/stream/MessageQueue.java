package io.windhover.rpc.stream;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Deadline;
import java.util.ArrayDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What one stream has received and nobody has asked for yet: filled by the connection's poller,
/// emptied by one thread at a time.
///
/// ```
///   OPEN --finish--> ENDING    what waits is still received, then the end, or the failure
///   OPEN, ENDING --fail--> ENDED    nothing more is received
/// ```
final class MessageQueue {

  /// Larger messages have their pooled memory to themselves, or nearly so.
  private static final int SMALL_BYTES = 16 << 10;

  /// Is told how full a queue is, with the queue's lock held, and whom to wake, without it.
  interface Load {

    /// A message is here for this thread, which waits for one.
    void wake(Thread receiver);

    /// @param bytes more than before, or fewer
    void changed(long bytes);

    /// More waits than may.
    void high();

    /// Half of that at most waits again.
    void low();
  }

  /// One message, undecoded.
  ///
  /// @param payload for whoever takes it to release
  /// @param bytes of its whole frame
  record Message(LinkBuffer payload, int bytes) {}

  private final int maxBytes;
  private final Load load;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final ArrayDeque<Message> waiting = new ArrayDeque<>(0);
  private long waitingBytes;
  private boolean high;
  private boolean closed;
  private @Nullable StreamFailure failure;
  private @Nullable Thread receiver;

  /// @param maxBytes that may wait before one more message comes
  MessageQueue(int maxBytes, Load load) {
    this.maxBytes = maxBytes;
    this.load = load;
  }

  /// Adds a message, and wakes who waits for it: once, however many more come until it runs.
  ///
  /// @return whether it was added: false if nobody will ask for it
  boolean add(LinkBuffer payload, int bytes) {
    Thread woken;
    lock.lock();
    try {
      if (closed) {
        payload.release();
        return false;
      }
      waiting.add(new Message(waiting.isEmpty() ? payload : unpooled(payload), bytes));
      if (waitingBytes >= maxBytes && !high) {
        high = true;
        load.high();
      }
      changed(bytes);
      woken = receiver;
      receiver = null;
    } finally {
      lock.unlock();
    }
    if (woken != null) {
      load.wake(woken);
    }
    return true;
  }

  private void changed(long bytes) {
    waitingBytes += bytes;
    load.changed(bytes);
    if (high && waitingBytes <= maxBytes / 2) {
      high = false;
      load.low();
    }
  }

  /// Returns who waits for a message; null if nobody does.
  @Nullable Thread receiver() {
    lock.lock();
    try {
      return receiver;
    } finally {
      lock.unlock();
    }
  }

  /// A small message that has to wait must not keep the pooled memory that it shares with those of
  /// faster streams.
  private static LinkBuffer unpooled(LinkBuffer payload) {
    int size = payload.size();
    if (size == 0 || size > SMALL_BYTES) {
      return payload;
    }
    var bytes = new byte[size];
    payload.readBytes(bytes, 0, size);
    payload.release();
    return LinkBuffer.wrap(bytes);
  }

  /// Waits for the next message and takes it.
  ///
  /// @param deadline until when; its time source is what this waits by
  /// @return null at the end
  /// @throws StreamFailedException if the stream ended otherwise
  /// @throws InterruptedException if this thread was interrupted and no message waits
  @Nullable Message take(Deadline deadline) throws InterruptedException, TimeoutException {
    while (true) {
      lock.lock();
      try {
        receiver = OneThread.without(receiver);
        var message = waiting.poll();
        if (message != null) {
          changed(-message.bytes);
          return message;
        }
        if (closed) {
          if (failure != null) {
            throw new StreamFailedException(failure);
          }
          return null;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (deadline.hasPassed()) {
          throw new TimeoutException();
        }
        receiver = OneThread.instead(receiver, "receive from");
      } finally {
        lock.unlock();
      }
      deadline.park(this);
    }
  }

  /// Returns how the stream failed; null if it did not, or not yet.
  @Nullable StreamFailure failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /// No more messages come. The first end counts.
  ///
  /// @param failure how the stream ended; null if it ended well
  void finish(@Nullable StreamFailure failure) {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        this.failure = failure;
      }
    } finally {
      lock.unlock();
    }
  }

  /// No more messages come, and those that wait are dropped.
  ///
  /// @param failure null if nobody shall get an exception; if the stream had ended, only who lost a
  ///   message does
  /// @return bytes of those that were dropped
  int fail(@Nullable StreamFailure failure) {
    lock.lock();
    try {
      int dropped = 0;
      for (var message : waiting) {
        message.payload.release();
        dropped += message.bytes;
      }
      waiting.clear();
      changed(-waitingBytes);
      if (this.failure == null && (!closed || dropped > 0)) {
        this.failure = failure;
      }
      closed = true;
      return dropped;
    } finally {
      lock.unlock();
    }
  }
}
