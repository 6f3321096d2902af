package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.fixture.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class CallTimerTest {

  private final CallTimer timer = CallTimer.start();

  @AfterEach
  void close() {
    timer.close();
  }

  /// Waits as calls do, and returns how long that took, in milliseconds.
  private long await(Duration timeout) {
    long begin = System.nanoTime();
    var deadline = Deadline.after(timeout, timer);
    while (!deadline.hasPassed()) {
      deadline.park(this);
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private FutureTask<Long> start(Duration timeout) {
    var waiting = new FutureTask<>(() -> await(timeout));
    Thread.ofVirtual().start(waiting);
    return waiting;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 29, 31, 45, 200})
  void endsAWaitAtItsTimeAndNotBefore(int millis) throws Exception {
    assertThat(start(Duration.ofMillis(millis)).get()).isGreaterThanOrEqualTo(millis);
  }

  @Test
  void servesThreadsThatAreNotVirtualToo() {
    assertThat(await(Duration.ofMillis(100))).isGreaterThanOrEqualTo(100);
  }

  @Test
  void endsManyWaitsAfterItHasSlept() throws Exception {
    assertThat(start(Duration.ofMillis(50)).get()).isGreaterThanOrEqualTo(50);
    assertThat(await(Duration.ofMillis(1500))).isGreaterThanOrEqualTo(1500); // it sleeps by now

    var waits = new ArrayList<FutureTask<Long>>();
    for (int i = 0; i < 1000; i++) {
      waits.add(start(Duration.ofMillis(100 + i % 100)));
    }
    for (var wait : waits) {
      assertThat(wait.get()).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void letsWhoIsUnparkedGo() throws InterruptedException {
    var parked = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  parked.countDown();
                  timer.park(this, TimeUnit.HOURS.toNanos(1));
                  over.countDown();
                });
    parked.await();

    LockSupport.unpark(thread);

    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void letsEverybodyGoWhenItCloses() throws Exception {
    var over = new CountDownLatch(3);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    timer.park(this, TimeUnit.HOURS.toNanos(1));
                    over.countDown();
                  }));
    }
    Eventually.await(
        () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

    timer.close();

    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void timesWaitsAfterItsEnd() throws InterruptedException, ExecutionException {
    timer.close();

    assertThat(start(Duration.ofMillis(100)).get()).isGreaterThanOrEqualTo(100);
  }
}
