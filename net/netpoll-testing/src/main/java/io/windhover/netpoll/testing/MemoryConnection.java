package io.windhover.netpoll.testing;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Attribute;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.netpoll.FrameHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection without a socket: what is written is kept for the test to look at, and the test
/// calls the frame handler in the poller's place. All methods may be called from any thread.
public final class MemoryConnection implements Connection {

  private final BlockingQueue<LinkBuffer> written = new LinkedBlockingQueue<>();
  private volatile boolean paused;
  private volatile boolean closed;
  private volatile boolean aborted;
  private volatile boolean closedWithAFrame;
  private volatile boolean outputEnded;
  private volatile boolean isFull;
  private volatile @Nullable FrameHandler next;
  private final Deque<Consumer<CloseReason>> closeListeners = new ConcurrentLinkedDeque<>();
  private final Map<Attribute<?>, Object> attributes = new ConcurrentHashMap<>();
  private volatile Runnable beforeWrite = () -> {};
  private volatile Runnable onFlush = () -> {};

  /// Makes an open connection.
  public MemoryConnection() {}

  // ---- what a test looks at

  /// Returns the oldest frame written and not yet asked for, for the test to release.
  ///
  /// @throws AssertionError if none comes within `limit`
  public LinkBuffer nextWritten(Duration limit) throws InterruptedException {
    var frame = written.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (frame == null) {
      throw new AssertionError("nothing was written within " + limit);
    }
    return frame;
  }

  /// Returns how many frames were written and not yet asked for.
  public int writtenCount() {
    return written.size();
  }

  /// Whether reading is paused.
  public boolean isPaused() {
    return paused;
  }

  /// Whether this side has closed in order.
  public boolean isClosed() {
    return closed;
  }

  public boolean isAborted() {
    return aborted;
  }

  /// Whether this side has closed with its last frame.
  public boolean isClosedWithAFrame() {
    return closedWithAFrame;
  }

  /// Whether this side has said that it writes no more.
  public boolean isOutputEnded() {
    return outputEnded;
  }

  /// Returns the handler that was to take over, if any.
  public Optional<FrameHandler> handedTo() {
    return Optional.ofNullable(next);
  }

  /// Tells the close listeners, in the poller's place.
  public void tellClosed(CloseReason reason) {
    for (var listener = closeListeners.poll(); listener != null; listener = closeListeners.poll()) {
      listener.accept(reason);
    }
  }

  /// Sets what runs at the beginning of each write, on the writer's thread: a reply that overtakes,
  /// for instance, or a close.
  public void beforeWrite(Runnable action) {
    this.beforeWrite = action;
  }

  /// Sets what runs at each [#flush], on the thread that has queued: where it has left its locks.
  public void onFlush(Runnable action) {
    this.onFlush = action;
  }

  /// Sets whether a write that may wait would do so until its timeout, as it does when the peer
  /// does not read.
  public void full(boolean isFull) {
    this.isFull = isFull;
  }

  // ---- the connection

  @Override
  public SocketAddress localAddress() {
    return InetSocketAddress.createUnresolved("local", 1);
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("remote", 2);
  }

  @Override
  public boolean isOpen() {
    return !closed && !aborted && !outputEnded;
  }

  @Override
  public void write(LinkBuffer frame) {
    if (!tryWrite(frame)) {
      throw new ConnectionClosedException("the connection is closed");
    }
  }

  @Override
  public boolean tryWrite(LinkBuffer frame) {
    if (!isOpen()) {
      frame.release();
      return false;
    }
    beforeWrite.run();
    written.add(frame);
    return true;
  }

  @Override
  public boolean tryWrite(LinkBuffer frame, Duration timeout) {
    if (isFull) {
      frame.release();
      awaitRoomInVain(timeout);
      return false;
    }
    return tryWrite(frame);
  }

  /// Writes at once, and asks for a [#flush] all the same. A close before the write is seen here.
  @Override
  public boolean enqueue(LinkBuffer frame) {
    beforeWrite.run();
    if (!isOpen()) {
      frame.release();
      throw new ConnectionClosedException("the connection is closed");
    }
    written.add(frame);
    return true;
  }

  @Override
  public void flush() {
    onFlush.run();
  }

  @Override
  public boolean hasRoom() {
    return !isFull;
  }

  private static void awaitRoomInVain(Duration timeout) {
    var end = System.nanoTime() + timeout.toNanos();
    for (var left = timeout.toNanos();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
  }

  @Override
  public void handTo(FrameHandler next) {
    this.next = next;
    next.opened(this);
  }

  @Override
  public void resume(Thread thread) {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public boolean awaitSent(Duration timeout) {
    return true;
  }

  @Override
  public void endOutput() {
    outputEnded = true;
  }

  @Override
  public void close(LinkBuffer last) {
    write(last);
    closedWithAFrame = true;
    close();
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void abort() {
    aborted = true;
  }

  /// Keeps `listener` until [#tellClosed].
  @Override
  public void onClose(Consumer<CloseReason> listener) {
    closeListeners.push(listener);
  }

  @Override
  public <T> void set(Attribute<T> attribute, T value) {
    attributes.put(attribute, value);
  }

  @SuppressWarnings("unchecked") // set has put a T there
  @Override
  public <T> Optional<T> get(Attribute<T> attribute) {
    return Optional.ofNullable((T) attributes.get(attribute));
  }
}
