package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.BlockingConnection.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the poller hands over to the reader of a [BlockingConnection].
///
/// A poller must not wait, and holds the lock as shortly as the reader does.
final class Feed implements FrameHandler {

  private static final System.Logger LOG = System.getLogger(Feed.class.getName());

  private final @Nullable Session session;

  private final ReentrantLock lock = new ReentrantLock(); // guards:
  private final LinkBuffer arrived = new LinkBuffer();
  private @Nullable Thread reader; // that waits
  private int wanted; // bytes to arrive before it is woken
  private int unread; // of the reader's input, when it last looked
  private boolean paused;
  private boolean ended;
  private boolean released;
  private @Nullable CloseReason closeReason;

  Feed(@Nullable Session session) {
    this.session = session;
  }

  // ---- the reader

  /// Moves what has arrived to `input`, once that has `count` bytes by it.
  ///
  /// @return false if the peer has ended before
  boolean take(Connection connection, LinkBuffer input, int count, long nanos) throws IOException {
    long begin = System.nanoTime();
    while (true) {
      long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - begin);
      boolean interrupted = Thread.currentThread().isInterrupted();
      lock.lock();
      try {
        unread = input.size();
        wanted = count - unread;
        boolean enough = arrived.size() >= wanted;
        if (enough || ended || closeReason != null || interrupted || left <= 0) {
          reader = null;
          wanted = 0;
          input.append(arrived);
          unread = input.size();
          resume(connection);
          if (enough || ended) {
            return enough;
          }
          throw failure(interrupted, nanos);
        }
        reader = Thread.currentThread();
        resume(connection); // it waits for more than the high-water mark
      } finally {
        lock.unlock();
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private void resume(Connection connection) {
    if (paused) {
      paused = false;
      connection.resumeReading();
    }
  }

  private IOException failure(boolean interrupted, long nanos) {
    if (closeReason != null) {
      return new SocketException("the connection is gone: " + closeReason);
    }
    return interrupted
        ? new InterruptedIOException("interrupted while reading")
        : new SocketTimeoutException(
            "nothing to read within %s".formatted(Duration.ofNanos(Math.max(nanos, 0))));
  }

  void release() {
    lock.lock();
    try {
      released = true;
      unread = 0;
      arrived.release();
    } finally {
      lock.unlock();
    }
  }

  // ---- the poller

  @Override
  public void opened(Connection connection) {
    if (session != null) {
      connection.resume(
          Thread.ofVirtual().name("windhover-session").unstarted(() -> run(session, connection)));
    }
  }

  private void run(Session session, Connection connection) {
    try (var blocking = new BlockingConnection(connection, this)) {
      try {
        session.run(blocking);
      } catch (IOException | UncheckedIOException | ConnectionClosedException e) {
        connection.abort();
        LOG.log(Level.DEBUG, "a session ended by a failed connection", e);
      } catch (RuntimeException | Error e) {
        connection.abort();
        LOG.log(Level.WARNING, "a session failed; its connection is aborted", e);
      }
    }
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    return input.size();
  }

  @Override
  public int heldBytes() {
    lock.lock();
    try {
      return released ? 0 : arrived.size() + unread; // asked while the rest is sent, too
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void received(Connection connection, LinkBuffer bytes) {
    lock.lock();
    try (bytes) {
      if (released) {
        return;
      }
      arrived.append(bytes);
      if (arrived.size() >= wanted) {
        wake(connection);
      }
      if (arrived.size() >= Math.max(BlockingConnection.HIGH_WATER_BYTES, wanted)) {
        paused = true;
        connection.pauseReading();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    lock.lock();
    try {
      ended = true;
      wake(connection);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    lock.lock();
    try {
      closeReason = reason;
      wake(connection);
    } finally {
      lock.unlock();
    }
  }

  private void wake(Connection connection) {
    if (reader != null) {
      connection.resume(reader);
      reader = null;
    }
  }
}
