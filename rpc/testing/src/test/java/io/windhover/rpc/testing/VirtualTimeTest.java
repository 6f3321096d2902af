package io.windhover.rpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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

  /// Many at once, so that they meet in the time's own lock.
  @Test
  void losesNoWakeUpThatComesBeforeTheWait() throws Exception {
    var pairs = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 8; i++) {
      pairs.add(pingPong(5_000));
    }

    for (var pair : pairs) {
      pair.get(15, TimeUnit.SECONDS);
    }
  }

  private CompletableFuture<Void> pingPong(int rounds) {
    var turn = new AtomicInteger();
    var other = new AtomicReference<Thread>();
    var first = new CompletableFuture<Void>();
    var thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    awaitTurn(turn, 2 * i);
                    turn.incrementAndGet();
                    LockSupport.unpark(other.get());
                  }
                  first.complete(null);
                });
    other.set(
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    awaitTurn(turn, 2 * i + 1);
                    turn.incrementAndGet();
                    LockSupport.unpark(thread);
                  }
                }));
    thread.start();
    return first;
  }

  private void awaitTurn(AtomicInteger turn, int mine) {
    while (turn.get() != mine) {
      time.park(this, Duration.ofHours(1).toNanos());
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
