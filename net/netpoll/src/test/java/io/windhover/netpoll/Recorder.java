package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A handler that writes down what it is told, and complains if two calls overlap or one comes
/// after the last.
class Recorder implements FrameHandler {

  private static final Logger LOG = Logger.getLogger(Recorder.class.getPackageName());

  static {
    LOG.setLevel(Level.OFF); // handlers fail on purpose here
  }

  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final AtomicInteger closedCalls = new AtomicInteger();
  volatile @Nullable Connection connection;
  volatile @Nullable CloseReason closeReason;
  private final AtomicInteger inside = new AtomicInteger();

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
    tell("opened", this::onOpened);
  }

  void onOpened() {}

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    return Frames.size(input);
  }

  @Override
  public final void received(Connection connection, LinkBuffer frame) {
    tell(null, () -> onFrame(connection, frame));
  }

  void onFrame(Connection connection, LinkBuffer frame) {
    events.add("frame " + Frames.text(frame));
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    tell(
        cause == null ? "ended" : "ended: " + cause.getMessage(),
        () -> FrameHandler.super.inputEnded(connection, cause));
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    closeReason = reason;
    tell("closed: " + reason.name(), () -> {});
    closedCalls.incrementAndGet();
  }

  private void tell(@Nullable String event, Runnable body) {
    if (inside.getAndIncrement() != 0) {
      events.add("OVERLAP at " + event);
    }
    try {
      if (event != null) {
        events.add(event);
      }
      body.run();
    } finally {
      inside.decrementAndGet();
    }
  }

  Connection connection() {
    var current = connection;
    if (current == null) {
      throw new AssertionError("not opened");
    }
    return current;
  }

  void awaitClosed() {
    Waiting.until("closed", () -> closedCalls.get() > 0);
  }
}
