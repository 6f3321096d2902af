package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A connection that is read by waiting, as a file is: for protocols that are easier to follow from
/// top to bottom than as frames, and for threads that cost little to park.
///
/// [#await] and [#awaitThrough] wait until something has arrived, and [#input] holds it: read it,
/// look at it or cut it out there with all that a [LinkBuffer] can do. A waiting thread is woken
/// once what it waits for is whole. What nobody reads fills [#HIGH_WATER_BYTES], then the kernel,
/// then the peer waits.
///
/// One thread at a time reads; others may write meanwhile, through [#connection]. The connection's
/// own timeouts go on to count, such as that for idleness.
public final class BlockingConnection implements AutoCloseable {

  /// Bytes that arrive unasked before reading pauses.
  public static final int HIGH_WATER_BYTES = 64 << 10;

  /// Talks with one peer, on a virtual thread of its own.
  @FunctionalInterface
  public interface Session {

    /// @param connection closed in good order when this returns, aborted when it throws
    /// @throws IOException if the connection failed; logged at DEBUG only
    void run(BlockingConnection connection) throws IOException;
  }

  private final Connection connection;
  private final Feed feed;

  // The reader's own:
  private final LinkBuffer input = new LinkBuffer();
  private @Nullable Duration readTimeout;
  private @Nullable Long deadlineNanos;

  BlockingConnection(Connection connection, Feed feed) {
    this.connection = connection;
    this.feed = feed;
  }

  // ---- how to get one

  /// For [PollerGroup#listen]: each accepted connection runs `session`.
  public static Supplier<FrameHandler> serving(Session session) {
    return () -> new Feed(session);
  }

  /// Connects as [PollerGroup#dial] does.
  public static BlockingConnection dial(
      PollerGroup pollers, SocketAddress address, Duration timeout, ConnectionOptions options)
      throws IOException {
    var feed = new Feed(null);
    return new BlockingConnection(pollers.dial(address, timeout, options, feed), feed);
  }

  // ---- reading

  /// What has arrived and was not read yet. Bytes come only while this waits; whatever is taken out
  /// is gone, and cut pieces ([LinkBuffer#slice]) are the caller's to release.
  public LinkBuffer input() {
    return input;
  }

  /// Waits until [#input] has `count` bytes, and returns it.
  ///
  /// @throws EOFException if the peer ends before
  /// @throws SocketTimeoutException if it takes longer than the timeout or the deadline; what has
  ///   arrived stays in [#input]
  /// @throws InterruptedIOException if the thread is interrupted, which then stays so
  /// @throws IOException if the connection is gone
  public LinkBuffer await(int count) throws IOException {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count + " (expected: at least 0)");
    }
    if (!arrives(count)) {
      throw new EOFException(
          "the peer ended after %,d of %,d bytes".formatted(input.size(), count));
    }
    return input;
  }

  /// Waits until [#input] has a `delimiter`.
  ///
  /// @param maxCount bytes up to and with the delimiter, at most
  /// @return bytes up to and with it, or 0 if the peer ends before: what came then is in [#input]
  /// @throws IOException as [#await] does, and if there is none within `maxCount` bytes
  public int awaitThrough(byte delimiter, int maxCount) throws IOException {
    int searched = 0;
    while (true) {
      int index = input.indexOf(delimiter, searched);
      searched = input.size();
      if (index >= maxCount || (index < 0 && searched >= maxCount)) {
        throw new IOException(
            "no byte 0x%02x within %,d bytes".formatted(Byte.toUnsignedInt(delimiter), maxCount));
      }
      if (index >= 0) {
        return index + 1;
      }
      if (!arrives(searched + 1)) {
        return 0;
      }
    }
  }

  /// Waits until [#input] has a byte, or the peer has ended.
  ///
  /// @return whether there is one
  /// @throws IOException as [#await] does
  public boolean awaitAny() throws IOException {
    return arrives(1);
  }

  /// How long each wait may take, beginning with the next one; null, as it is at first, for as long
  /// as it takes.
  public void readTimeout(@Nullable Duration timeout) {
    readTimeout = timeout;
  }

  /// When all waiting ends, counted from now and whatever the timeout; null for never.
  public void readDeadline(@Nullable Duration fromNow) {
    deadlineNanos =
        fromNow == null ? null : System.nanoTime() + TimeUnit.NANOSECONDS.convert(fromNow);
  }

  private boolean arrives(int count) throws IOException {
    if (input.size() >= count) {
      return true;
    }
    long now = System.nanoTime();
    long nanos = Long.MAX_VALUE;
    if (readTimeout != null) {
      nanos = TimeUnit.NANOSECONDS.convert(readTimeout);
    }
    if (deadlineNanos != null) {
      nanos = Math.min(nanos, deadlineNanos - now);
    }
    return feed.take(connection, input, count, nanos);
  }

  // ---- writing and the end

  /// For all that does not wait for bytes of the peer: writing, addresses, TLS, closing.
  public Connection connection() {
    return connection;
  }

  /// Writes as [Connection#write] does.
  ///
  /// @param bytes taken over, whatever the outcome
  /// @throws IOException if the connection is closed
  public void write(LinkBuffer bytes) throws IOException {
    try {
      connection.write(bytes);
    } catch (ConnectionClosedException e) {
      throw new SocketException(e.getMessage());
    }
  }

  /// Waits until the kernel has taken all that was written.
  ///
  /// @throws SocketTimeoutException if it takes longer
  /// @throws IOException if the connection is closed and something was not sent
  public void flush(Duration timeout) throws IOException {
    try {
      if (!connection.awaitSent(timeout)) {
        throw new SocketTimeoutException("not sent within " + timeout);
      }
    } catch (ConnectionClosedException e) {
      throw new SocketException(e.getMessage());
    }
  }

  /// Sends what was written, then closes, and drops what was not read. By the reading thread.
  @Override
  public void close() {
    input.release();
    feed.release();
    connection.close();
  }
}
