package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.time.Lookout;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.CallEnding.Failed;
import io.windhover.rpc.transport.CallEnding.Returned;
import io.windhover.rpc.wire.ErrorCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class CallRunnerTest {

  private final Lookout lookout = Lookout.start("deadlines");
  private final CallRunner runner =
      new CallRunner(slot -> slot.watchBy(lookout), new HandlerFailures(false, null));
  private final CallSlot slot = new CallSlot();

  @AfterEach
  void close() {
    lookout.close();
  }

  @Test
  void interruptsAHandlerAtItsDeadline() {
    long begin = System.nanoTime();

    var ending = run(Duration.ofMillis(50), CallRunnerTest::waitForEver);

    assertThat(error(ending)).isEqualTo(ErrorCode.DEADLINE_PASSED);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
  }

  @Test
  void dropsAResultThatComesAfterTheDeadline() {
    var ending =
        run(
            Duration.ofMillis(5),
            text -> {
              spinUntil(invocation().deadline());
              return text;
            });

    assertThat(error(ending)).isEqualTo(ErrorCode.DEADLINE_PASSED);
  }

  @Test
  void doesNotStartWhatIsTooLate() {
    var started = new AtomicInteger();

    var ending = run(Duration.ZERO, text -> Integer.toString(started.incrementAndGet()));

    assertThat(error(ending)).isEqualTo(ErrorCode.DEADLINE_PASSED);
    assertThat(started).hasValue(0);
  }

  @Test
  void doesNotStartWhatNobodyGets() {
    var started = new AtomicInteger();
    slot.close();

    var ending = run(Duration.ofSeconds(1), text -> Integer.toString(started.incrementAndGet()));

    assertThat(error(ending)).isEqualTo(ErrorCode.STOPPING);
    assertThat(started).hasValue(0);
  }

  /// Calls that end just when their deadlines pass, in the hope to meet the interrupt.
  @Test
  void interruptsNothingAfterTheCall() {
    int interruptedDuringCalls = 0;
    for (int i = 0; i < 200; i++) {
      int micros = i * 100;
      var interrupted = new AtomicInteger();
      run(
          Duration.ofMillis(1),
          text -> {
            spinUntil(Deadline.after(Duration.ofNanos(micros * 1000L)));
            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
            return text;
          });
      interruptedDuringCalls += interrupted.get();

      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    spinUntil(Deadline.after(Duration.ofMillis(30))); // longer than from sweep to sweep

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(interruptedDuringCalls).isPositive();
  }

  @Test
  void watchesASlotAgainAfterItWasIdle() {
    for (int i = 0; i < 3; i++) {
      assertThat(run(Duration.ofSeconds(10), text -> text)).isEqualTo(new Returned(new Text("hi")));
      spinUntil(Deadline.after(Duration.ofMillis(30)));

      assertThat(error(run(Duration.ofMillis(5), CallRunnerTest::waitForEver)))
          .isEqualTo(ErrorCode.DEADLINE_PASSED);
    }
  }

  @Test
  void wakesAWatchThatSleeps() {
    spinUntil(Deadline.after(Duration.ofMillis(1200))); // it takes a second to fall asleep

    assertThat(error(run(Duration.ofMillis(5), CallRunnerTest::waitForEver)))
        .isEqualTo(ErrorCode.DEADLINE_PASSED);
  }

  @Test
  void tellsHandlersThatNoInterruptEnds() throws Exception {
    var running = new CountDownLatch(1);
    UnaryOperator<String> stubborn =
        text -> {
          running.countDown();
          while (!invocation().isCancelled()) {
            Thread.onSpinWait();
          }
          throw new IllegalStateException("given up");
        };
    var ending = new CompletableFuture<CallEnding>();
    Thread.ofVirtual().start(() -> ending.complete(run(Duration.ofSeconds(20), stubborn)));
    running.await();

    slot.close();

    assertThat(error(ending.get())).isEqualTo(ErrorCode.STOPPED);
  }

  private CallEnding run(Duration timeout, UnaryOperator<String> handler) {
    var route = TestPath.router(EchoFixture.serve(handler)).find(null, "echo", false);
    var invocation =
        new Invocation(
            route.service(),
            route.method(),
            Deadline.after(timeout),
            InetSocketAddress.createUnresolved("caller", 1));
    return runner.run(invocation, slot, () -> route.endpoint().call(invocation, new Text("hi")));
  }

  private static ErrorCode error(CallEnding ending) {
    assertThat(ending).isInstanceOf(Failed.class);
    return ErrorCode.of(((Failed) ending).error().code()).orElseThrow();
  }

  private static Invocation invocation() {
    return Invocation.current().orElseThrow();
  }

  private static String waitForEver(String text) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text;
  }

  private static void spinUntil(Deadline deadline) {
    while (!deadline.hasPassed()) {
      Thread.onSpinWait();
    }
  }
}
