package io.windhover.rpc.stream;

import io.windhover.rpc.Cancellation;
import io.windhover.rpc.Deadline;
import java.util.ArrayDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What one side of a stream within a process has sent and the other has not asked for yet: filled
/// by one thread at a time, emptied by another.
///
/// ```
///   OPEN --end--> ENDING    what waits is still taken, then the end, or the failure
///   OPEN, ENDING --end, dropping--> ENDED    nothing more is taken
/// ```
final class LocalQueue {

  /// Messages that may wait; then who sends does.
  static final int MAX_WAITING = 64;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final ArrayDeque<Object> waiting = new ArrayDeque<>(0);
  private boolean ended;
  private @Nullable StreamFailure forSender;
  private @Nullable StreamFailure forReceiver;
  private @Nullable Thread sender;
  private @Nullable Thread receiver;

  /// Adds a message once there is room; drops it if nobody will ask for it.
  ///
  /// @throws StreamFailedException if the sender is to know that
  void put(Object message, Deadline deadline) throws InterruptedException, TimeoutException {
    while (true) {
      lock.lock();
      try {
        sender = OneThread.without(sender);
        if (forSender != null) {
          throw new StreamFailedException(forSender);
        }
        if (ended) {
          return;
        }
        if (waiting.size() < MAX_WAITING) {
          waiting.add(message);
          LockSupport.unpark(receiver);
          return;
        }
        check(deadline);
        sender = OneThread.instead(sender, "send on");
      } finally {
        lock.unlock();
      }
      deadline.park(this);
    }
  }

  /// Waits for the next message and takes it.
  ///
  /// @return null at the end
  /// @throws StreamFailedException if the stream ended otherwise
  @Nullable Object take(Deadline deadline) throws InterruptedException, TimeoutException {
    while (true) {
      lock.lock();
      try {
        receiver = OneThread.without(receiver);
        var message = waiting.poll();
        if (message != null) {
          LockSupport.unpark(sender);
          return message;
        }
        if (forReceiver != null) {
          throw new StreamFailedException(forReceiver);
        }
        if (ended) {
          return null;
        }
        check(deadline);
        receiver = OneThread.instead(receiver, "receive from");
      } finally {
        lock.unlock();
      }
      deadline.park(this);
    }
  }

  private static void check(Deadline deadline) throws InterruptedException, TimeoutException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (deadline.hasPassed()) {
      throw new TimeoutException();
    }
  }

  /// No more messages come. The first failure of each side counts.
  ///
  /// @param forSender what who sends gets; null if that goes on unheard
  /// @param forReceiver what who receives gets after the messages that wait; null for a good end
  /// @param drops whether those are lost
  void end(@Nullable StreamFailure forSender, @Nullable StreamFailure forReceiver, boolean drops) {
    end(forSender, forReceiver, drops, null);
  }

  /// The same, which cancels before anybody can see the end; null if there is nothing to cancel.
  void end(
      @Nullable StreamFailure forSender,
      @Nullable StreamFailure forReceiver,
      boolean drops,
      @Nullable Cancellation cancellation) {
    lock.lock();
    try {
      if (cancellation != null) {
        cancellation.cancel();
      }
      ended = true;
      this.forSender = this.forSender == null ? forSender : this.forSender;
      this.forReceiver = this.forReceiver == null ? forReceiver : this.forReceiver;
      if (drops) {
        waiting.clear();
      }
      LockSupport.unpark(sender);
      LockSupport.unpark(receiver);
    } finally {
      lock.unlock();
    }
  }

  /// Drops what waits now that the stream has ended.
  ///
  /// @param forReceiver what who receives gets then, if a message is lost
  void drop(StreamFailure forReceiver) {
    lock.lock();
    try {
      if (!waiting.isEmpty()) {
        waiting.clear();
        this.forReceiver = this.forReceiver == null ? forReceiver : this.forReceiver;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns what who receives gets at the end; null if that is good, or has not come.
  @Nullable StreamFailure failure() {
    lock.lock();
    try {
      return forReceiver;
    } finally {
      lock.unlock();
    }
  }
}
