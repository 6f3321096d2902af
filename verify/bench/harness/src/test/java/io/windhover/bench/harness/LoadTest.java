package io.windhover.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// The servers here are functions that take a millisecond, and one of them stalls.
final class LoadTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int STALL_MILLIS = 300;

  @Test
  void closedLoopCountsEveryAnswerOfTheWindow() throws Exception {
    var result = run("callers=4 rate=0 warmup=50 millis=200 latency=intended", () -> pause(MILLI));

    assertThat(result.calls()).isEqualTo(result.latencies().getTotalCount()).isBetween(40L, 800L);
    assertThat(result.latencies().getMinValue()).isGreaterThanOrEqualTo(MILLI * 9 / 10);
    assertThat(result.errors() + result.unfinished()).isZero();
    assertThat(result.nanos()).isEqualTo(200 * MILLI);
  }

  @Test
  void openLoopStartsAsManyCallsAsPlanned() throws Exception {
    var result = run("callers=8 rate=500 warmup=100 millis=400 latency=intended", () -> {});

    assertThat(result.latencies().getTotalCount()).isEqualTo(200);
    assertThat((double) result.calls()).isCloseTo(200, within(10.0));
  }

  @Test
  void stallShowsInTheTailWhenLatencyCountsFromThePlannedStart() throws Exception {
    var result = run("callers=2 rate=500 warmup=100 millis=1000 latency=intended", stallsOnce(100));

    assertThat(result.latencies().getValueAtPercentile(90)).isGreaterThan(STALL_MILLIS / 3 * MILLI);
  }

  @Test
  void stallIsHiddenWhenLatencyCountsFromTheActualStart() throws Exception {
    var result = run("callers=2 rate=500 warmup=100 millis=1000 latency=actual", stallsOnce(100));

    assertThat(result.latencies().getValueAtPercentile(90)).isLessThan(STALL_MILLIS / 3 * MILLI);
  }

  @Test
  void failedCallIsAnErrorAndHasNoLatency() throws Exception {
    var turns = new AtomicInteger();
    var result =
        run(
            "callers=1 rate=0 warmup=0 millis=100 latency=intended",
            () -> {
              pause(MILLI);
              if (turns.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("every second one");
              }
            });

    assertThat(result.errors()).isPositive().isBetween(result.calls() - 1, result.calls() + 1);
    assertThat(result.latencies().getTotalCount()).isEqualTo(result.calls());
  }

  @Test
  void hundredFailuresInARowEndTheRun() {
    assertThatThrownBy(
            () ->
                run(
                    "callers=1 rate=0 warmup=0 millis=300 latency=intended",
                    () -> {
                      throw new IllegalStateException("server is gone");
                    }))
        .hasMessage("server is gone");
  }

  @Test
  void callerThatDiesEndsTheRun() {
    assertThatThrownBy(
            () ->
                run(
                    "callers=2 rate=0 warmup=0 millis=100 latency=intended",
                    () -> {
                      throw new NoClassDefFoundError("gone");
                    }))
        .hasMessageContaining("a caller died")
        .hasMessageContaining("gone");
  }

  @Test
  void eachCallerIsClosedOnceAfterItsLastCall() throws Exception {
    var closed = new AtomicInteger();
    var late = new AtomicInteger();
    var result =
        run(
            "callers=1 rate=0 warmup=0 millis=500 latency=intended",
            closing(() -> late.addAndGet(closed.get()), () -> closed.incrementAndGet()));

    assertThat(result.calls()).isPositive();
    assertThat(closed).hasValue(1);
    assertThat(late).hasValue(0);
  }

  @Test
  void whatDoesNotEndAsItShouldFailsTheRun() {
    assertThatThrownBy(
            () ->
                run(
                    "callers=1 rate=0 warmup=0 millis=50 latency=intended",
                    closing(
                        () -> {},
                        () -> {
                          throw new IllegalStateException("a message too many");
                        })))
        .hasMessage("a message too many");
  }

  private static Contestant.Caller closing(Runnable call, Runnable close) {
    return new Contestant.Caller() {
      @Override
      public void call() {
        call.run();
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }

  @Test
  void resultIsOneLine() throws Exception {
    var result = run("callers=1 rate=100 warmup=0 millis=100 latency=intended", () -> {});

    assertThat(result.line())
        .matches("done calls=\\d+ errors=0 unfinished=0 nanos=100000000 histogram=(\\d+:\\d+,?)+");
  }

  private static LoadResult run(String words, Contestant.Caller caller) throws Exception {
    var load = Load.start((_, _) -> caller, LoadOptions.parse("run work=echo bytes=1 " + words));
    load.awaitWarm();
    load.awaitEnd();
    return load.result();
  }

  /// Both callers meet the stall, since the second call of it waits as long.
  private static Contestant.Caller stallsOnce(int after) {
    var turns = new AtomicInteger();
    return () -> {
      int turn = turns.incrementAndGet();
      if (turn == after || turn == after + 1) {
        pause(STALL_MILLIS * MILLI);
      }
    };
  }

  private static void pause(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
