package io.windhover.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.wire.Guard;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class GuardedConnectionTest {

  private final Told served = new Told();
  private final GuardedConnection connection =
      new GuardedConnection(new Guard("transport of a test"), served, 1024);

  @Test
  void isToldOfNoStepOnceItHasClosed() throws Exception {
    var blocked = new CountDownLatch(1);
    served.inFinish = () -> Eventually.await(blocked);
    connection.finish();
    connection.drain();
    assertThat(served.next()).isEqualTo("finish");

    connection.closed(new MemoryConnection(), CloseReason.RESET);
    connection.cancel();
    blocked.countDown();

    assertThat(served.next()).isEqualTo("closed");
    assertThat(served.words.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void isToldOfTheNextStepAfterOneThatRanOutOfMemory() throws Exception {
    served.inFinish =
        () -> {
          throw new OutOfMemoryError("a test's");
        };

    try (var log = new LogRecorder(GuardedConnection.class.getName())) {
      connection.finish();
      connection.drain();

      assertThat(List.of(served.next(), served.next())).containsExactly("finish", "drain");
      assertThat(log.await("failed in finish")).startsWith("SEVERE transport of a test");
    }
  }

  /// Remembers what it is told.
  private static final class Told implements ServedConnection {
    private final LinkedBlockingQueue<String> words = new LinkedBlockingQueue<>();
    private volatile Runnable inFinish = () -> {};

    String next() throws InterruptedException {
      return String.valueOf(words.poll(10, TimeUnit.SECONDS));
    }

    @Override
    public void finish() {
      words.add("finish");
      inFinish.run();
    }

    @Override
    public void drain() {
      words.add("drain");
    }

    @Override
    public void cancel() {
      words.add("cancel");
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
      words.add("closed");
    }

    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      throw new UnsupportedOperationException();
    }
  }
}
