package io.windhover.http2;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Outgoing.Phase;
import io.windhover.http2.hpack.HeaderField;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may send data on one connection, and how much of it: the peer's windows, and what waits for
/// them or for the socket. All of it is guarded by the lock of its [Sender].
///
/// Data that the peer does not allow yet, or that finds the socket full, stays with its stream.
/// When more is allowed, or there is room, who brings that word sends on, stream by stream in
/// turns.
final class Turns {

  /// A stream sends so much in its turn.
  private static final int TURN_BYTES = 32 << 10;

  /// So much is gathered before it is queued.
  private static final int BATCH_BYTES = 64 << 10;

  private final Sender sender;
  private final int maxPendingBytes;
  private final SendWindow window = new SendWindow(SendWindow.DEFAULT_BYTES);
  private final ArrayDeque<Http2Stream> ready = new ArrayDeque<>(); // have data that they may send
  private int initialWindowBytes = SendWindow.DEFAULT_BYTES;
  private volatile long pendingBytes; // is read without the lock, too

  Turns(Sender sender, int maxPendingBytes) {
    this.sender = sender;
    this.maxPendingBytes = maxPendingBytes;
  }

  int initialWindowBytes() {
    return initialWindowBytes;
  }

  /// Returns how much of all streams is pending. Any thread, without the lock.
  long pendingBytes() {
    return pendingBytes;
  }

  private void pend(int more) {
    long now = pendingBytes + more;
    pendingBytes = now;
  }

  // ---- data

  /// Adds to what is pending.
  ///
  /// @param data empty afterwards
  void add(Http2Stream stream, LinkBuffer data) {
    pend(data.size());
    stream.outgoing.add(data);
  }

  /// Nothing follows what is pending but, perhaps, trailers.
  void end(Http2Stream stream, @Nullable List<HeaderField> trailers) {
    var outgoing = stream.outgoing;
    if (outgoing.pendingBytes() > 0) {
      outgoing.trailers = trailers == null ? null : List.copyOf(trailers);
    } else if (trailers != null) {
      sender.writeHeaders(stream.id(), trailers, true);
      sender.ended(stream);
    } else {
      sender.writeDataPrefix(stream.id(), 0, true);
      sender.ended(stream);
    }
  }

  /// Sends what is pending, as far as that may be now.
  void send(Http2Stream stream) {
    if (stream.outgoing.pendingBytes() > 0) {
      ready(stream);
      sendReady();
    }
  }

  /// Sends more of what is pending.
  ///
  /// @return whether there was room for any, and there is more
  boolean sendMore(Http2Stream stream) {
    int before = stream.outgoing.pendingBytes();
    send(stream);
    int left = stream.outgoing.pendingBytes();
    return left > 0 && left < before;
  }

  /// Sends data past what is pending, if nothing is in its way.
  ///
  /// @param data empty afterwards, if it was sent
  /// @param end whether it ends the stream
  boolean sendsAtOnce(Http2Stream stream, LinkBuffer data, boolean end) {
    int count = data.size();
    var outgoing = stream.outgoing;
    if (count > sender.maxFrameBytes()
        || outgoing.pendingBytes() > 0
        || !ready.isEmpty()
        || count > Math.min(outgoing.window.available(), window.available())
        || !hasRoom()) {
      return false;
    }
    outgoing.window.take(count);
    window.take(count);
    sender.writeDataPrefix(stream.id(), count, end);
    sender.out().append(data);
    return true;
  }

  private void ready(Http2Stream stream) {
    var outgoing = stream.outgoing;
    if (!outgoing.queued && outgoing.pendingBytes() > 0 && outgoing.window.available() > 0) {
      outgoing.queued = true;
      ready.add(stream);
    }
  }

  /// Sends what may be sent now.
  void sendReady() {
    while (window.available() > 0 && !ready.isEmpty() && hasRoom()) {
      var stream = ready.remove();
      stream.outgoing.queued = false;
      if (stream.outgoing.pendingBytes() > 0) {
        sendTurn(stream);
        ready(stream);
      }
    }
  }

  private boolean hasRoom() {
    if (sender.writtenBytes() >= BATCH_BYTES) {
      sender.commits();
    }
    return sender.hasRoom();
  }

  private void sendTurn(Http2Stream stream) {
    var outgoing = stream.outgoing;
    int allowed = Math.min(outgoing.window.available(), window.available());
    int count = Math.min(Math.min(outgoing.pendingBytes(), allowed), TURN_BYTES);
    outgoing.window.take(count);
    window.take(count);
    outgoing.lookedAt = false;
    pend(-count);
    boolean ends = count == outgoing.pendingBytes() && outgoing.phase == Phase.DONE;
    while (count > 0) {
      int part = Math.min(count, sender.maxFrameBytes());
      count -= part;
      sender.writeDataPrefix(stream.id(), part, ends && count == 0 && outgoing.trailers == null);
      outgoing.moveTo(sender.out(), part);
    }
    if (ends) {
      if (outgoing.trailers != null) {
        sender.writeHeaders(stream.id(), outgoing.trailers, true);
      }
      sender.ended(stream);
    }
    wakeWriter(stream);
  }

  private void wakeWriter(Http2Stream stream) {
    if (isWritable(stream)) {
      var woken = stream.outgoing.takeWriter();
      if (woken != null) {
        sender.wake(woken);
      }
    }
  }

  /// A stream is closed: nothing more of it leaves.
  void drop(Http2Stream stream) {
    var outgoing = stream.outgoing;
    pend(-outgoing.drop());
    if (outgoing.queued) {
      ready.remove(stream);
      outgoing.queued = false;
    }
    wakeWriter(stream);
  }

  // ---- writers

  /// Whether a writer may go on.
  boolean isWritable(Http2Stream stream) {
    return stream.outgoing.pendingBytes() <= maxPendingBytes;
  }

  /// Registers the calling thread as the one that waits until less is pending.
  ///
  /// @return whether it has to wait
  /// @throws IllegalStateException if another one waits
  boolean awaitsWritable(Http2Stream stream) {
    if (isWritable(stream) || !stream.state().sends()) {
      stopsWaiting(stream);
      return false;
    }
    stream.outgoing.becomeWriter();
    return true;
  }

  /// The calling thread waits no longer.
  void stopsWaiting(Http2Stream stream) {
    stream.outgoing.stopWriting();
  }

  // ---- what the peer, or the socket, allows

  /// @return false if the window would be too large
  boolean allow(int bytes) {
    boolean fits = window.add(bytes);
    sendReady();
    return fits;
  }

  /// @return false if the window would be too large
  boolean allow(Http2Stream stream, int bytes) {
    boolean fits = stream.outgoing.window.add(bytes);
    ready(stream);
    sendReady();
    return fits;
  }

  /// Changes the windows of all streams; [#sendReady] is to follow.
  ///
  /// @return false if a window would be too large
  boolean initialWindow(int bytes, Iterable<Http2Stream> streams) {
    int more = bytes - initialWindowBytes;
    initialWindowBytes = bytes;
    boolean fits = true;
    for (var stream : streams) {
      fits &= stream.outgoing.window.add(more);
      ready(stream);
    }
    return fits;
  }

  /// Whether the peer has to allow more before all that is pending can leave.
  boolean waitsForWindow(Http2Stream stream) {
    var outgoing = stream.outgoing;
    return outgoing.pendingBytes() > Math.min(outgoing.window.available(), window.available());
  }

  /// Whether a stream has had something to send for too long, and could not.
  boolean isStalled(Http2Stream stream, long timeoutNanos, long nowNanos) {
    var outgoing = stream.outgoing;
    if (outgoing.pendingBytes() == 0) {
      outgoing.lookedAt = false;
    } else if (!outgoing.lookedAt) {
      outgoing.lookedAt = true;
      outgoing.lookedAtNanos = nowNanos;
    }
    return outgoing.lookedAt && nowNanos - outgoing.lookedAtNanos >= timeoutNanos;
  }
}
