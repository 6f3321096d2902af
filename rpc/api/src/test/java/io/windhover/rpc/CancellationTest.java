package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class CancellationTest {

  private final Cancellation cancellation = new Cancellation();

  @Test
  void interruptsAllWhoWork() throws Exception {
    var working = new CountDownLatch(3);
    var interrupted = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      Thread.ofVirtual().start(() -> work(working, interrupted));
    }
    working.await();

    cancellation.cancel();

    interrupted.await();
    assertThat(cancellation.isCancelled()).isTrue();
  }

  private void work(CountDownLatch working, CountDownLatch interrupted) {
    cancellation.enter();
    working.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    } finally {
      cancellation.leave();
    }
  }

  @Test
  void interruptsWhoComesLate() {
    cancellation.cancel();

    cancellation.enter();

    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    cancellation.leave();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void leavesAloneWhoHasLeft() {
    cancellation.enter();
    cancellation.enter();
    cancellation.leave();
    cancellation.leave();

    cancellation.cancel();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void keepsAnInterruptThatIsNotItsOwn() {
    cancellation.enter();
    Thread.currentThread().interrupt();

    cancellation.leave();

    assertThat(Thread.interrupted()).isTrue();
  }
}
