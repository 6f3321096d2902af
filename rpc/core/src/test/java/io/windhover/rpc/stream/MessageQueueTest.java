package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class MessageQueueTest {

  /// Counts who is woken.
  private static final class Wakes implements MessageQueue.Load {
    final AtomicInteger count = new AtomicInteger();

    @Override
    public void wake(Thread receiver) {
      count.incrementAndGet();
      LockSupport.unpark(receiver);
    }

    @Override
    public void changed(long bytes) {}

    @Override
    public void high() {}

    @Override
    public void low() {}
  }

  private final CountDownLatch waits = new CountDownLatch(1);
  private final CountDownLatch runs = new CountDownLatch(1);
  private final Wakes wakes = new Wakes();
  private final MessageQueue queue = new MessageQueue(1 << 20, wakes);

  /// A thread that was woken takes its time to run.
  private final TimeSource slowToWake =
      new TimeSource() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void park(Object blocker, long nanos) {
          waits.countDown();
          try {
            runs.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      };

  @Test
  void wakesAReceiverOnceForAllThatComesUntilItRuns() throws Exception {
    var taken = new CompletableFuture<Integer>();
    Thread.ofVirtual().start(() -> taken.complete(takeThree()));
    waits.await();

    for (int i = 0; i < 3; i++) {
      assertThat(queue.add(LinkBuffer.wrap(new byte[10]), 10)).isTrue();
    }
    runs.countDown();

    assertThat(taken.get(10, TimeUnit.SECONDS)).isEqualTo(30);
    assertThat(wakes.count).hasValue(1);
  }

  @Test
  void refusesASecondThreadThatWouldWait() throws Exception {
    var taken = new CompletableFuture<Integer>();
    Thread.ofVirtual().start(() -> taken.complete(takeThree()));
    waits.await();

    assertThatThrownBy(() -> queue.take(Deadline.after(Duration.ofSeconds(10))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two threads receive from one stream");

    for (int i = 0; i < 3; i++) {
      queue.add(LinkBuffer.wrap(new byte[10]), 10);
    }
    runs.countDown();
    assertThat(taken.get(10, TimeUnit.SECONDS)).as("the first is not forgotten").isEqualTo(30);
  }

  @Test
  void wakesNobodyWhoDoesNotWait() throws Exception {
    assertThat(queue.add(LinkBuffer.wrap(new byte[10]), 10)).isTrue();

    assertThat(queue.take(Deadline.after(Duration.ofSeconds(10)))).isNotNull();
    assertThat(wakes.count).hasValue(0);
  }

  private int takeThree() {
    int bytes = 0;
    try {
      for (int i = 0; i < 3; i++) {
        var message = queue.take(Deadline.after(Duration.ofSeconds(10), slowToWake));
        bytes += message == null ? 0 : message.bytes();
      }
    } catch (Exception e) {
      return -1;
    }
    return bytes;
  }
}
