package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Keeps the request and leaves the connection open when the peer has shut down its side.
final class LateAnswer extends Recorder {
  final CountDownLatch ended = new CountDownLatch(1);
  final AtomicReference<String> request = new AtomicReference<>();

  @Override
  void onFrame(Connection connection, LinkBuffer frame) {
    request.set(Frames.text(frame));
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    events.add("ended");
    ended.countDown();
  }

  void answer() {
    connection().write(Frames.of("reply to " + request.get()));
    connection().close();
    awaitClosed();
  }
}
