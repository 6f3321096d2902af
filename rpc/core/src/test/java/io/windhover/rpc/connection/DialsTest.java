package io.windhover.rpc.connection;

import static io.windhover.rpc.fixture.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class DialsTest {

  private final FakeDialler dialler = new FakeDialler();
  private final PoolTime clock = new PoolTime();
  private final PoolParts parts = dialler.parts(PoolOptions.DEFAULT, clock);
  private final ReentrantLock lock = new ReentrantLock();
  private final WaitingLine waiting = new WaitingLine(lock);
  private final PoolCounters counters = new PoolCounters();
  private final Dials dials =
      new Dials(InetSocketAddress.createUnresolved("db", 1), parts, lock, waiting, counters);

  @Test
  void areNoMoreThanMayBeUnderWay() throws Exception {
    begin();
    assertThat(dials.mayBegin(2)).isTrue();
    begin();
    assertThat(dials.mayBegin(2)).isFalse();

    assertThat(dial()).as("under the lock").isTrue();

    assertThat(dials.mayBegin(2)).isTrue();
    assertThat(dials.underWay()).isEqualTo(1);
    assertThat(counters.dialled).isEqualTo(1);
  }

  @Test
  void areOneAtATimeAfterAFailure() throws Exception {
    fail();
    assertThat(dials.mayBegin(2)).as("in the pause").isFalse();
    clock.turn(Duration.ofSeconds(1));
    assertThat(dials.mayBegin(2)).isTrue();

    begin();

    assertThat(dials.begin(2)).isFalse();
    dialler.failWith(null);
    assertThat(dial()).isTrue();
    begin();
    assertThat(dials.mayBegin(2)).isTrue();
  }

  @Test
  void tellWhoCouldWaitForNothing() throws Exception {
    dials.failIfUnreachable(false);
    fail();

    dials.failIfUnreachable(true);
    assertThatThrownBy(() -> dials.failIfUnreachable(false))
        .isInstanceOf(UnreachableException.class);
    assertThat(counters.refused).isEqualTo(1);
  }

  @Test
  void tellWhetherTheirPoolIsUnused() throws Exception {
    assertThat(dials.isUnused(() -> 0)).isTrue();
    assertThat(dials.isUnused(() -> 1)).isFalse();

    locked(waiting::enter);
    assertThat(dials.isUnused(() -> 0)).isFalse();
    locked(waiting::leave);

    begin();
    assertThat(dials.isUnused(() -> 0)).isFalse();
    assertThat(dial()).isTrue();
    assertThat(dials.isUnused(() -> 0)).isTrue();
  }

  @Test
  void countAmongWhatIsEnough() {
    begin();

    assertThat(dials.addSpare(() -> 1, 2, dials.spareDeadline(), _ -> neverDialled())).isEmpty();
    assertThat(dials.addSpare(() -> 1, 3, dials.spareDeadline(), _ -> dial())).isEmpty();
    assertThat(counters.dialled).isEqualTo(1);
  }

  @Test
  void endWithTheirPool() {
    dials.close(() -> new IOException("removed"));

    assertThat(dials.isClosed()).isTrue();
    assertThat(dials.addSpare(() -> 0, 1, dials.spareDeadline(), _ -> neverDialled()))
        .hasValueSatisfying(e -> assertThat(e).hasMessage("removed"));
  }

  @Test
  void areMadeByOneOfThoseWhoWait() throws Exception {
    fail();
    clock.turn(Duration.ofSeconds(1));
    var gate = dialler.shutGate();
    int before = dialler.dials();
    var waits = new ArrayList<FutureTask<Boolean>>();
    for (int i = 0; i < 3; i++) {
      waits.add(awaitReachable());
    }
    await(() -> dialler.dials() == before + 1);
    gate.release();
    await(() -> dials.underWay() == 0);
    dialler.failWith(null);
    clock.turn(Duration.ofSeconds(1));
    gate.release();

    for (var wait : waits) {
      assertThat(wait.get()).isTrue();
    }
    assertThat(dialler.dials()).isEqualTo(before + 2);
    assertThat(dials.waiting()).isZero();
  }

  @Test
  void areAwaitedByNoMoreThanAThousand() throws Exception {
    fail();
    var waits = new ArrayList<FutureTask<Boolean>>();
    for (int i = 0; i < 1_000; i++) {
      waits.add(awaitReachable());
    }
    await(() -> dials.waiting() == 1_000);

    assertThatThrownBy(() -> awaitReachable().get())
        .hasMessageContaining("1000 calls wait for the server to be reachable already");

    locked(() -> dials.close(() -> new IOException("closed")));
    for (var wait : waits) {
      assertThatThrownBy(wait::get).hasRootCauseMessage("closed");
    }
  }

  /// Returns whether it ended before its time was over.
  private FutureTask<Boolean> awaitReachable() {
    var waiting =
        new FutureTask<>(
            () -> {
              var deadline = Deadline.after(Duration.ofSeconds(10));
              dials.awaitReachable(
                  () -> false,
                  deadline,
                  _ -> {
                    dial();
                  });
              return !deadline.hasPassed();
            });
    Thread.ofVirtual().start(waiting);
    return waiting;
  }

  @Test
  void waitBeforeASpareWhileOneFindsOut() throws Exception {
    fail();
    clock.turn(Duration.ofSeconds(1));
    begin();

    var late = Deadline.after(Duration.ofNanos(-1));
    assertThat(dials.addSpare(() -> 0, 5, late, _ -> neverDialled()))
        .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("with 1 dials under way"));

    dialler.failWith(null);
    var spare =
        new FutureTask<>(
            () -> dials.addSpare(() -> 0, 5, Deadline.after(Duration.ofSeconds(10)), _ -> dial()));
    var thread = Thread.ofPlatform().start(spare);
    await(() -> thread.getState() == Thread.State.TIMED_WAITING);
    assertThat(dial()).isTrue();
    assertThat(spare.get()).isEmpty();
    assertThat(counters.dialled).isEqualTo(2);
  }

  @Test
  void letSparesWaitWhileAsManyAsMayBeAreUnderWay() throws Exception {
    var looks = new AtomicInteger();
    var dialled = new CountDownLatch(1);
    BooleanSupplier isShort = () -> looks.incrementAndGet() > 0 && dialled.getCount() > 0;
    var spares =
        new Spares(
            lock,
            parts,
            dials,
            isShort,
            _ -> {
              dial();
              dialled.countDown();
            });
    while (dials.mayBegin(parts.spec().pool().maxDials())) {
      begin();
    }
    int most = dials.underWay();

    locked(spares::keep);
    await(() -> looks.get() == 2);
    locked(() -> assertThat(dials.underWay()).isEqualTo(most)); // it has looked, and waits by now
    assertThat(dial()).isTrue();
    assertThat(dialled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private void begin() {
    assertThat(dials.begin(Integer.MAX_VALUE)).isTrue();
  }

  private static void neverDialled() {
    throw new AssertionError("dialled");
  }

  private void fail() {
    dialler.failWith(new ConnectException("connection refused"));
    begin();
    assertThatThrownBy(this::dial).isInstanceOf(ConnectException.class);
    assertThat(dials.underWay()).isZero();
    assertThat(counters.dialsFailed).isEqualTo(1);
  }

  /// @return whether the lock was held when the connection was told of
  private boolean dial() throws IOException {
    var connection =
        new PooledConnection(
            WireLimits.ofMessageBytes(1024),
            WireFormats.PLAIN,
            new Lifetime(0, Long.MAX_VALUE),
            new OrdinaryDialler(parts));
    return dials.dial(
        connection,
        Deadline.after(Duration.ofSeconds(10)),
        FakeDialler.CONNECT_TIMEOUT,
        lock::isHeldByCurrentThread);
  }
}
