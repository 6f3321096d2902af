package io.windhover.http2;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Http2Exception;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Runs code of the user's for the streams of one connection: whatever it throws resets its stream,
/// and nothing else.
final class UserCode {

  private static final System.Logger LOG = System.getLogger(UserCode.class.getName());

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Receiver receiver; // counts the streams that are reset
  private final AtomicLong warnsFromNanos = new AtomicLong(System.nanoTime());

  UserCode(Receiver receiver) {
    this.receiver = receiver;
  }

  /// Runs `code` on a thread of its own.
  void run(Http2Stream stream, Runnable code) {
    try {
      code.run();
    } catch (RuntimeException | Error e) {
      failed(stream, e);
    }
  }

  /// The same on the poller, with what has arrived, which may be why it fails.
  ///
  /// @throws Http2Exception if the peer makes too many fail
  void tell(Http2Stream stream, Runnable code) {
    try {
      code.run();
    } catch (RuntimeException | Error e) {
      if (failed(stream, e)) {
        receiver.countReset();
      }
    }
  }

  /// The same for each frame of data.
  void tellReadable(Http2Stream stream) {
    try {
      stream.listener().readable(stream);
    } catch (RuntimeException | Error e) {
      if (failed(stream, e)) {
        receiver.countReset();
      }
    }
  }

  /// @return whether it is at fault, and its stream was reset
  private boolean failed(Http2Stream stream, Throwable e) {
    if (e instanceof StreamException) { // it has ended meanwhile
      LOG.log(Level.DEBUG, e::getMessage);
      return false;
    }
    log(e);
    stream.reset(ErrorCode.INTERNAL_ERROR);
    return true;
  }

  /// With its stack trace once a second: a peer may make it fail with each request.
  private void log(Throwable e) {
    var what = "the code for a stream failed; the stream is reset";
    long now = System.nanoTime();
    long from = warnsFromNanos.get();
    if (now - from >= 0 && warnsFromNanos.compareAndSet(from, now + SECOND_NANOS)) {
      LOG.log(Level.WARNING, what, e);
    } else {
      LOG.log(Level.DEBUG, () -> what + ": " + e);
    }
  }
}
