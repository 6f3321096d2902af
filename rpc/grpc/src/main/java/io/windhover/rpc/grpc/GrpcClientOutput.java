package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamListener;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a client sends on one stream, and the opening of that.
///
/// ```
///   HOLDING --its end, or somebody wants what comes--> OPEN       of a method with one request
///   HOLDING --given up--> GONE
///   OPEN --given up--> reset
/// ```
///
/// Any thread; what is sent leaves in the order in which it came.
final class GrpcClientOutput {

  private final GrpcClientConnection connection;
  private final Invocation invocation;
  private final GrpcClientMessages messages;
  private final StreamListener listener;
  private volatile @Nullable Http2Stream stream; // null until it is open
  private volatile boolean givenUp;

  private final ReentrantLock lock = new ReentrantLock(); // the order of what leaves
  private @Nullable LinkBuffer held; // guarded by the lock: not sent, since nothing is open yet

  /// @param listener of what arrives
  GrpcClientOutput(
      GrpcClientConnection connection,
      Invocation invocation,
      GrpcClientMessages messages,
      StreamListener listener) {
    this.connection = connection;
    this.invocation = invocation;
    this.messages = messages;
    this.listener = listener;
  }

  /// Returns the stream of HTTP/2; null until it is open.
  @Nullable Http2Stream stream() {
    return stream;
  }

  /// Opens it, unless its request may leave whole later.
  ///
  /// @throws StreamException if it cannot be opened
  void begin() throws InterruptedException {
    if (invocation.method().kind() == Method.Kind.SERVER_STREAM) {
      held = new LinkBuffer();
    } else {
      stream = connection.open(invocation, messages.head(), null, listener);
    }
  }

  /// Returns the stream, opened now at the latest; null if it was given up before.
  ///
  /// @throws StreamException if it cannot be opened
  @Nullable Http2Stream open() throws InterruptedException {
    if (stream == null) {
      lock.lock();
      try {
        openWithHeld(false);
      } finally {
        lock.unlock();
        dropIfGivenUp();
      }
    }
    return stream;
  }

  /// Sends, and waits while the server takes nothing.
  ///
  /// @param bytes taken over
  /// @param last whether nothing follows; then it does not wait
  /// @throws StreamException if the stream failed
  void send(LinkBuffer bytes, boolean last) throws TimeoutException, InterruptedException {
    lock.lock();
    try {
      var opened = stream;
      if (opened != null && last) {
        opened.send(bytes, true);
      } else if (opened != null) {
        opened.write(bytes, false, left());
      } else {
        hold(bytes);
        if (last) {
          openWithHeld(true);
        }
      }
    } finally {
      lock.unlock();
      dropIfGivenUp();
    }
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, invocation.deadline().remainingNanos()));
  }

  private void hold(LinkBuffer bytes) {
    try (bytes) {
      if (held != null) { // else it was given up before anything left
        held.append(bytes);
      }
    }
  }

  /// With the lock held.
  private void openWithHeld(boolean last) throws InterruptedException {
    var bytes = held;
    if (bytes == null) {
      return;
    }
    held = null;
    try (bytes) { // empty once it was sent
      var head = messages.head();
      var begun = connection.open(invocation, head, last ? bytes : null, listener);
      stream = begun;
      if (givenUp) { // meanwhile
        begun.reset(ErrorCode.CANCEL);
      } else if (!last && bytes.size() > 0) {
        begun.send(bytes, false);
      }
    }
  }

  /// Ends it, wherever it is. Never waits.
  void giveUp() {
    givenUp = true;
    var opened = stream;
    if (opened != null) {
      opened.reset(ErrorCode.CANCEL); // wakes who waits
    }
    dropIfGivenUp();
  }

  /// Never waits: whoever holds the lock looks afterwards.
  private void dropIfGivenUp() {
    if (!givenUp || !lock.tryLock()) {
      return;
    }
    try {
      var dropped = held;
      held = null;
      if (dropped != null) {
        dropped.release();
      }
    } finally {
      lock.unlock();
    }
  }
}
