package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.HeaderField;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one stream has yet to send, and may. All of it is guarded by the lock of its [Sender].
final class Outgoing {

  /// What this side sends next.
  enum Phase {
    HEAD,
    /// Or trailers.
    DATA,
    /// Nothing more.
    DONE
  }

  final SendWindow window;
  Phase phase;
  private @Nullable LinkBuffer pending; // null while nothing is
  @Nullable List<HeaderField> trailers; // that follow what is pending
  boolean queued; // among those that may send as soon as the connection may
  boolean lookedAt; // nothing has moved since the last look for stalled streams
  long lookedAtNanos; // when that was found first
  private volatile @Nullable Thread
      writer; // waits until less is pending; read without the lock, too

  Outgoing(Phase phase, int windowBytes) {
    this.phase = phase;
    this.window = new SendWindow(windowBytes);
  }

  int pendingBytes() {
    return pending == null ? 0 : pending.size();
  }

  /// @param data empty afterwards
  void add(LinkBuffer data) {
    if (pending == null) {
      pending = new LinkBuffer();
    }
    pending.append(data);
  }

  /// Moves the first `count` pending bytes to `out`.
  void moveTo(LinkBuffer out, int count) {
    var from = Objects.requireNonNull(pending);
    if (count == from.size()) {
      out.append(from);
      dropPending();
    } else {
      out.append(from.slice(count));
    }
  }

  /// Forgets what is not sent.
  ///
  /// @return its bytes
  int drop() {
    int count = pendingBytes();
    dropPending();
    trailers = null;
    return count;
  }

  private void dropPending() {
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }

  /// @throws IllegalStateException if another thread waits
  void requireNoOtherWriter() {
    var waiting = writer;
    if (waiting != null && waiting != Thread.currentThread()) {
      throw new IllegalStateException(
          "two threads send on one stream at once (expected: one at a time)");
    }
  }

  /// The calling thread waits.
  ///
  /// @throws IllegalStateException if another one does
  void becomeWriter() {
    requireNoOtherWriter();
    writer = Thread.currentThread();
  }

  /// The calling thread waits no longer.
  void stopWriting() {
    if (writer == Thread.currentThread()) {
      writer = null;
    }
  }

  @Nullable Thread takeWriter() {
    var woken = writer;
    writer = null;
    return woken;
  }
}
