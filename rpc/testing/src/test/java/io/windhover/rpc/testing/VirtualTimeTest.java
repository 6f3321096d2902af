package io.windhover.rpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class VirtualTimeTest {

  private final VirtualTime time = new VirtualTime();

  @Test
  void standsStillUntilItIsTurnedOn() {
    var deadline = Deadline.after(Duration.ofSeconds(30), time);

    assertThat(deadline.remainingNanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
    time.advance(Duration.ofSeconds(29));
    assertThat(deadline.hasPassed()).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(deadline.hasPassed()).isTrue();
  }

  @Test
  void wakesThoseWhoseTimeHasCome() throws Exception {
    var late = sleeper(Duration.ofHours(1));
    var soon = sleeper(Duration.ofSeconds(30));
    time.awaitWaiting(2);

    time.advance(Duration.ofSeconds(30));

    soon.get(10, TimeUnit.SECONDS);
    assertThat(late).isNotDone();
    time.advance(Duration.ofHours(1));
    late.get(10, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> sleeper(Duration duration) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            time.sleep(duration);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  @Test
  void losesNoTurnThatComesBeforeTheWait() throws Exception {
    for (int i = 0; i < 1000; i++) {
      var sleeper = sleeper(Duration.ofSeconds(1));
      time.awaitWaiting(1);
      time.advance(Duration.ofSeconds(1));
      sleeper.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void endsASleepThatIsInterrupted() throws InterruptedException {
    var interrupted = new CountDownLatch(1);
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    time.sleep(Duration.ofSeconds(1));
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                });
    time.awaitWaiting(1);

    thread.interrupt();

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void doesNotRunBackwards() {
    assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1)))
        .hasMessage("duration: PT-0.000000001S (expected: >= 0)");
  }
}
