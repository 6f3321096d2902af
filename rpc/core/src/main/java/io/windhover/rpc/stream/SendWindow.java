package io.windhover.rpc.stream;

import io.windhover.rpc.Deadline;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How much one stream may send before the other side has taken what was sent.
///
/// Bytes are those of whole data frames. A frame may leave while anything at all is left of the
/// window, so that a message larger than it gets through; the window is then overdrawn until the
/// other side has made that good. Without a word of the other side there is no bound, since Kitex
/// never says one.
final class SendWindow {

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private long sent;
  private long limit;
  private boolean granted; // whether the limit is the other side's word on this stream
  private @Nullable StreamFailure failure;
  private @Nullable Thread sender;

  /// @param limit what to begin with
  /// @param granted whether the other side has said so, and will only add to it
  private SendWindow(long limit, boolean granted) {
    this.limit = limit;
    this.granted = granted;
  }

  /// One whose size the other side has told.
  static SendWindow of(long bytes) {
    return new SendWindow(bytes, true);
  }

  /// One of which the other side has not spoken yet.
  ///
  /// @param expected what it has granted other streams; negative if nothing
  static SendWindow expecting(long expected) {
    return new SendWindow(expected < 0 ? Long.MAX_VALUE : expected, false);
  }

  /// Waits until something is left and takes `bytes`.
  ///
  /// @param deadline until when; its time source is what this waits by
  /// @throws StreamFailedException if the stream has ended
  void take(int bytes, Deadline deadline) throws InterruptedException, TimeoutException {
    while (true) {
      lock.lock();
      try {
        sender = OneThread.without(sender);
        if (failure != null) {
          throw new StreamFailedException(failure);
        }
        if (sent < limit) {
          sent += bytes;
          return;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (deadline.hasPassed()) {
          throw new TimeoutException();
        }
        sender = OneThread.instead(sender, "send on");
      } finally {
        lock.unlock();
      }
      deadline.park(this);
    }
  }

  /// The other side lets more come: the first time, so much in all.
  ///
  /// @return who waits for that, and is to be woken
  @Nullable Thread grant(long bytes) {
    lock.lock();
    try {
      limit = granted ? limit + bytes : bytes;
      granted = true;
      var woken = sender;
      sender = null; // once is enough until it waits again
      return woken;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the other side has spoken of this stream's window.
  boolean isGranted() {
    lock.lock();
    try {
      return granted;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more may be sent. The first failure counts.
  ///
  /// @return who waits to send
  @Nullable Thread fail(StreamFailure failure) {
    lock.lock();
    try {
      if (this.failure == null) {
        this.failure = failure;
      }
      return sender;
    } finally {
      lock.unlock();
    }
  }

  /// Returns why nothing more may be sent.
  Optional<StreamFailure> failure() {
    lock.lock();
    try {
      return Optional.ofNullable(failure);
    } finally {
      lock.unlock();
    }
  }
}
