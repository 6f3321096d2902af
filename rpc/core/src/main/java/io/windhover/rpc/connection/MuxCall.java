package io.windhover.rpc.connection;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.ConnectionLostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/// A call's share of a [MuxConnection]: what the call sees as its connection.
///
/// ```
///   waiting --reply--> answered          by the poller, which took it out of its place
///   waiting --connection closed--> lost  likewise
///   waiting --deadline, interrupt--> given up, by the caller, who took it out
/// ```
final class MuxCall implements CompressingConnection {

  private static final AtomicReferenceFieldUpdater<MuxCall, @Nullable LinkBuffer> REPLY =
      AtomicReferenceFieldUpdater.newUpdater(MuxCall.class, LinkBuffer.class, "reply");

  private final MuxConnection shared;
  private final int sequenceId;
  private final Thread thread;
  private volatile @Nullable LinkBuffer reply; // until somebody takes it
  private @Nullable ConnectionLostException lost; // published by hasEnded
  private volatile boolean hasEnded;
  private volatile boolean abandoned;

  MuxCall(MuxConnection shared, int sequenceId, Thread thread) {
    this.shared = shared;
    this.sequenceId = sequenceId;
    this.thread = thread;
  }

  int sequenceId() {
    return sequenceId;
  }

  /// Returns the caller's thread.
  Thread thread() {
    return thread;
  }

  MuxConnection shared() {
    return shared;
  }

  @Override
  public int nextSequenceId() {
    return sequenceId;
  }

  @Override
  public boolean takesCompressed() {
    return shared.takesCompressed();
  }

  @Override
  public void takeCompressed() {
    shared.takeCompressed();
  }

  @Override
  public void send(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException {
    shared.end(this); // nothing comes back; what does all the same is dropped
    write(request, deadline);
  }

  @Override
  public LinkBuffer exchange(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException {
    write(request, deadline);
    while (!hasEnded) {
      if (Thread.currentThread().isInterrupted() && shared.end(this)) {
        throw new InterruptedException();
      }
      if (deadline.hasPassed() && shared.end(this)) {
        throw new TimeoutException();
      }
      deadline.park(this);
    }
    var frame = REPLY.getAndSet(this, null);
    if (frame == null) {
      throw lost();
    }
    return frame;
  }

  /// Waits no longer than the call may while others' requests fill the connection.
  private void write(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException {
    var connection = shared.connection();
    if (connection.tryWrite(request, Duration.ofNanos(Math.max(0, deadline.remainingNanos())))) {
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    if (deadline.hasPassed()) {
      throw new TimeoutException("the server does not read");
    }
    throw new ConnectionClosedException("the connection is closed");
  }

  private ConnectionLostException lost() {
    if (lost == null) {
      throw new AssertionError("ended with neither a reply nor a loss");
    }
    return lost;
  }

  /// The caller is done. A reply that it did not take is dropped: now, or when the poller brings
  /// it.
  void abandon() {
    abandoned = true;
    if (!shared.end(this)) {
      drop();
    }
  }

  private void drop() {
    var frame = REPLY.getAndSet(this, null);
    if (frame != null) {
      frame.release();
    }
  }

  /// The reply has come. On the poller; the caller is then to be woken.
  void answer(LinkBuffer frame) {
    reply = frame;
    hasEnded = true;
    if (abandoned) {
      drop();
    }
  }

  /// The connection has closed. On the poller; the caller is then to be woken.
  void lose(ConnectionLostException cause) {
    lost = cause;
    hasEnded = true;
  }
}
