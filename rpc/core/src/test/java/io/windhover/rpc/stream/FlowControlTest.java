package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.buffer.NodePool;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.Text;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Slow receivers between our own client and server: windows of 16 KiB, messages of 1 KiB.
@Timeout(30)
final class FlowControlTest {

  private static final Text KIB = new Text("x".repeat(1000));
  private static final int WINDOW = Loopback.OPTIONS.windowBytes();

  /// More than sockets hold: a client may send on until the server has told its window.
  private static final int MANY = 20_000;

  @Test
  void slowReaderOnAClientHoldsAWindowAtMost() throws Exception {
    var sent = new AtomicInteger();
    try (var loopback =
            new Loopback(
                Loopback.count(
                    (request, out) -> {
                      while (true) {
                        out.send(KIB);
                        sent.incrementAndGet();
                      }
                    }));
        var messages = loopback.count("")) {
      for (int taken = 1; taken <= 100; taken++) {
        assertThat(messages.receive()).contains(KIB);
        settle(sent);
        assertThat(sent.get() - taken).as("on their way").isLessThanOrEqualTo(WINDOW / 1000 + 2);
      }
      assertThat(sent.get()).isGreaterThan(100 + WINDOW / 2 / 1100);
    }
  }

  /// Waits until a sender stands still.
  private static void settle(AtomicInteger sent) {
    int before = -1;
    for (int same = 0; same < 3; ) {
      int now = sent.get();
      same = now == before ? same + 1 : 0;
      before = now;
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void handlerThatReceivesNothingHoldsAWindowAtMost() throws Exception {
    var release = new CountDownLatch(1);
    try (var loopback =
            new Loopback(
                Loopback.join(
                    in -> {
                      in.receive();
                      awaitUninterrupted(release);
                      int count = 1;
                      for (var ignored : in) {
                        count++;
                      }
                      return new Text("" + count);
                    }));
        var join = loopback.join()) {
      var sent = new AtomicInteger();
      var sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < MANY; i++) {
                      join.send(KIB);
                      sent.incrementAndGet();
                    }
                  });
      settle(sent);
      assertThat(sent.get()).isLessThan(MANY);
      assertThat(loopback.serverHeldBytes()).isLessThanOrEqualTo(3 * WINDOW);

      release.countDown();
      sender.join();
      assertThat(join.finish()).isEqualTo(new Text("" + MANY));
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void slowStreamHoldsUpNoOther() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.count(
                    (request, out) -> {
                      for (int i = 0; i < 2000; i++) {
                        out.send(KIB);
                      }
                    }));
        var slow = loopback.count("")) {
      assertThat(slow.receive()).isPresent();

      for (int i = 0; i < 5; i++) {
        try (var quick = loopback.count("")) {
          assertThat(quick).hasSize(2000);
        }
      }

      assertThat(slow).hasSize(1999);
    }
  }

  @Test
  void slowStreamAmongOthersKeepsLittlePooledMemory() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.count(
                    (request, out) -> IntStream.range(0, 3000).forEach(i -> out.send(KIB))));
        var slow = loopback.count("")) {
      long before = NodePool.shared().heldBytes();
      try (var quick = loopback.count("")) {
        assertThat(quick).hasSize(3000);
      }

      Eventually.await(() -> NodePool.shared().heldBytes() - before < 256 << 10);
      assertThat(slow.receive()).isPresent();
    }
  }

  @Test
  void sendWaitsUntilTheDeadlineAndNoLonger() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.chat(
                    (in, out) -> {
                      in.receive();
                      awaitUninterrupted(new CountDownLatch(1));
                    }));
        var chat = loopback.chat(Duration.ofMillis(300))) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(
              () -> {
                while (true) {
                  chat.send(KIB);
                }
              })
          .withMessageContaining("the deadline of the stream has passed");
    }
  }

  @Test
  void whatAHandlerNoLongerWantsIsDropped() throws Exception {
    try (var loopback =
            new Loopback(
                Loopback.chat(
                    (in, out) -> {
                      in.close();
                      assertThat(in.receive()).isEmpty();
                      out.send(new Text("closed"));
                      awaitUninterrupted(new CountDownLatch(1));
                    }));
        var chat = loopback.chat()) {
      assertThat(chat.receive()).contains(new Text("closed"));

      for (int i = 0; i < 200; i++) {
        chat.send(KIB);
      }

      assertThat(loopback.serverHeldBytes()).isZero();
    }
  }
}
