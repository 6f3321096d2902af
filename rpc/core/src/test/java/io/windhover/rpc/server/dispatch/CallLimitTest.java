package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.WireException;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class CallLimitTest {

  @Test
  void refusesTheOneBeyondUntilOneLeaves() {
    var limit = new CallLimit(2);
    limit.enter();
    limit.enter();

    assertThatExceptionOfType(WireException.class)
        .isThrownBy(limit::enter)
        .withMessage("refused: 2 calls run already, maxCalls")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    assertThat(limit.refused()).isOne();
    limit.leave();
    limit.enter();

    assertThat(limit.refused()).isOne();
  }

  @Test
  void refusesNoneWithoutALimit() {
    var limit = new CallLimit(CallLimit.UNLIMITED);
    for (int i = 0; i < 100_000; i++) {
      limit.enter();
    }

    assertThat(limit.refused()).isZero();
  }

  @Test
  void needsRoomForOne() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new CallLimit(0))
        .withMessage("maxCalls: 0 (expected: at least 1)");
  }

  @Test
  void holdsForManyThreads() throws Exception {
    var limit = new CallLimit(3);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var ran = new AtomicInteger();
    var begin = new CyclicBarrier(8);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    await(begin);
                    for (int tries = 0; tries < 20_000; tries++) {
                      if (run(limit, running, most)) {
                        ran.incrementAndGet();
                      }
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(most).hasValueLessThanOrEqualTo(3);
    assertThat(ran.get() + limit.refused()).isEqualTo(8 * 20_000);
    limit.enter(); // all have left
    limit.enter();
    limit.enter();
  }

  private static boolean run(CallLimit limit, AtomicInteger running, AtomicInteger most) {
    try {
      limit.enter();
    } catch (WireException e) {
      return false;
    }
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    running.decrementAndGet();
    limit.leave();
    return true;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
