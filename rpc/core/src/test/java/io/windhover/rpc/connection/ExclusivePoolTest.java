package io.windhover.rpc.connection;

import static io.windhover.rpc.fixture.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.Pool.Outcome;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ExclusivePoolTest {

  private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("db", 1);

  private final FakeDialler dialler = new FakeDialler();
  private final PoolTime clock = new PoolTime();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    callers.close();
  }

  @Test
  void lendsWhatWasUsedLast() throws Exception {
    var pool = pool(PoolOptions.DEFAULT);
    var first = borrow(pool);
    var second = borrow(pool);
    pool.release(first, Outcome.CLEAN);
    pool.release(second, Outcome.CLEAN);

    assertThat(borrow(pool)).isSameAs(second);
    assertThat(borrow(pool)).isSameAs(first);
    assertThat(state(pool).counters().borrowed()).isEqualTo(2);
    assertThat(dialler.dials()).isEqualTo(2);
  }

  @Test
  void lendsNoConnectionThatHasDied() throws Exception {
    var pool = pool(PoolOptions.DEFAULT);
    var dead = borrow(pool);
    pool.release(dead, Outcome.CLEAN);
    dialler.socketOf(dead).abort(); // and its poller has not said so yet

    assertThat(borrow(pool)).isNotSameAs(dead);
    dialler.finishClose(dead);
    assertThat(state(pool).open()).isEqualTo(1);
  }

  @Test
  void closesTheLongestUnusedOfTooMany() throws Exception {
    var pool = pool(PoolOptions.builder().maxIdle(1).build());
    var first = borrow(pool);
    var second = borrow(pool);

    pool.release(first, Outcome.CLEAN);
    pool.release(second, Outcome.CLEAN);

    assertThat(dialler.socketOf(first).isClosed()).isTrue();
    assertThat(borrow(pool)).isSameAs(second);
    assertThat(state(pool).counters().closedSurplus()).isEqualTo(1);
  }

  @Test
  void keepsNoConnectionIfAllAreShort() throws Exception {
    var pool = pool(PoolOptions.SHORT);
    var only = borrow(pool);

    pool.release(only, Outcome.CLEAN);

    assertThat(dialler.socketOf(only).isClosed()).isTrue();
    assertThat(state(pool).idle()).isZero();
  }

  @Test
  void sharesOneBudgetOfUnusedConnectionsWithOtherPools() throws Exception {
    var parts = dialler.parts(PoolOptions.DEFAULT, clock, new IdleBudget(1));
    var one = new ExclusivePool(ADDRESS, parts);
    var other = new ExclusivePool(ADDRESS, parts);
    var ofOne = borrow(one);
    var ofOther = borrow(other);
    one.release(ofOne, Outcome.CLEAN);

    other.release(ofOther, Outcome.CLEAN);
    assertThat(dialler.socketOf(ofOther).isClosed()).isTrue();
    dialler.closeByPeer(ofOne); // makes room
    var next = borrow(other);
    other.release(next, Outcome.CLEAN);

    assertThat(dialler.socketOf(next).isOpen()).isTrue();
  }

  @Test
  void closesWhatIsTooOldWhenItsCallEnds() throws Exception {
    var pool = pool(PoolOptions.builder().maxAge(Duration.ofMinutes(10)).build());
    var connection = borrow(pool);
    clock.turn(Duration.ofMinutes(7));
    pool.release(connection, Outcome.CLEAN);
    assertThat(borrow(pool)).isSameAs(connection);
    clock.turn(Duration.ofMinutes(3));
    assertThat(state(pool).ages()).containsExactly(Duration.ofMinutes(10));

    pool.release(connection, Outcome.CLEAN);

    assertThat(dialler.socketOf(connection).isClosed()).isTrue();
    assertThat(state(pool).counters().closedOld()).isEqualTo(1);
  }

  @Test
  void servesWhoWaitsInOrder() throws Exception {
    var pool = pool(PoolOptions.builder().maxConnections(1).build());
    var connection = borrow(pool);
    var served = new ConcurrentLinkedQueue<Integer>();
    var calls = new ArrayList<Future<?>>();
    for (int i = 0; i < 20; i++) {
      int caller = i;
      calls.add(
          callers.submit(
              () -> {
                var borrowed = borrow(pool);
                served.add(caller);
                pool.release(borrowed, Outcome.CLEAN);
                return null;
              }));
      await(() -> state(pool).waiting() == caller + 1);
    }

    pool.release(connection, Outcome.CLEAN);

    for (var call : calls) {
      call.get();
    }
    assertThat(served).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    assertThat(dialler.dials()).isEqualTo(1);
  }

  @Test
  void saysThatAllAreInUse() throws Exception {
    var pool = pool(PoolOptions.builder().maxConnections(1).build());
    var _ = borrow(pool);

    assertThatThrownBy(
            () -> pool.borrow(Deadline.after(Duration.ofMillis(5)), FakeDialler.CONNECT_TIMEOUT))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("all 1 connections are in use");
    assertThat(state(pool).waiting()).isZero();
  }

  @Test
  void dialsOnlySoManyAtOnce() throws Exception {
    var pool = pool(PoolOptions.builder().maxDials(2).build());
    var gate = dialler.shutGate();
    var calls = new ArrayList<Future<PooledConnection>>();
    for (int i = 0; i < 5; i++) {
      calls.add(callers.submit(() -> borrow(pool)));
    }
    await(() -> state(pool).waiting() == 3);
    assertThat(dialler.dials()).isEqualTo(2);
    assertThatThrownBy(
            () -> pool.borrow(Deadline.after(Duration.ofMillis(5)), FakeDialler.CONNECT_TIMEOUT))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("no connection yet, with 2 dials under way");

    gate.release(5);

    for (var call : calls) {
      assertThat(call.get()).isNotNull();
    }
    assertThat(dialler.dials()).isEqualTo(5);
  }

  @Test
  void pausesAfterAFailedDial() throws Exception {
    var pool = pool(PoolOptions.DEFAULT);
    var refused = new ConnectException("connection refused");
    dialler.failWith(refused);
    assertThatThrownBy(() -> borrow(pool)).isSameAs(refused);
    clock.turn(Duration.ofMillis(10));

    assertThatThrownBy(() -> borrow(pool))
        .isInstanceOf(UnreachableException.class)
        .hasMessageStartingWith("connection refused 10 ms ago; the next try is in ")
        .hasCause(refused);
    assertThat(dialler.dials()).isEqualTo(1);
    assertThat(state(pool).counters().refused()).isEqualTo(1);

    clock.turn(Duration.ofMillis(60)); // the longest first pause
    dialler.failWith(null);
    assertThat(borrow(pool)).isNotNull();
    assertThat(borrow(pool)).isNotNull(); // no pause is left
  }

  @Test
  void probesWithOneDialAtATime() throws Exception {
    var pool = pool(PoolOptions.DEFAULT);
    dialler.failWith(new ConnectException("connection refused"));
    assertThatThrownBy(() -> borrow(pool)).isInstanceOf(ConnectException.class);
    clock.turn(Duration.ofSeconds(1));
    dialler.failWith(null);
    var gate = dialler.shutGate();
    var probe = callers.submit(() -> borrow(pool));
    await(() -> dialler.dials() == 2);

    assertThatThrownBy(() -> borrow(pool)).isInstanceOf(UnreachableException.class);

    gate.release();
    assertThat(probe.get()).isNotNull();
  }

  @Test
  void tellsAllWhoWaitForADialThatItFailed() throws Exception {
    var pool = pool(PoolOptions.builder().maxDials(1).build());
    var gate = dialler.shutGate();
    dialler.failWith(new ConnectException("connection refused"));
    var calls = new ArrayList<Future<PooledConnection>>();
    for (int i = 0; i < 10; i++) {
      calls.add(callers.submit(() -> borrow(pool)));
    }
    await(() -> state(pool).waiting() == 9);

    gate.release();

    for (var call : calls) {
      assertThatThrownBy(call::get).cause().isInstanceOf(IOException.class);
    }
    assertThat(dialler.dials()).isEqualTo(1);
  }

  @Test
  void doesNotPauseForACallThatHadNoTimeToConnect() {
    var pool = pool(PoolOptions.DEFAULT);
    var late = new SocketTimeoutException("no connection within 5 ms");
    dialler.failWith(late);
    assertThatThrownBy(
            () -> pool.borrow(Deadline.after(Duration.ofMillis(5)), FakeDialler.CONNECT_TIMEOUT))
        .isSameAs(late);

    assertThatThrownBy(() -> borrow(pool)).isSameAs(late);
    assertThatThrownBy(() -> borrow(pool)).isInstanceOf(UnreachableException.class);
  }

  @Test
  void waitsForALentConnectionWhileTheServerCannotBeReached() throws Exception {
    var pool = pool(PoolOptions.DEFAULT);
    var lent = borrow(pool);
    dialler.failWith(new ConnectException("connection refused"));
    assertThatThrownBy(() -> borrow(pool)).isInstanceOf(ConnectException.class);
    var call = callers.submit(() -> borrow(pool));
    await(() -> state(pool).waiting() == 1);

    pool.release(lent, Outcome.CLEAN);

    assertThat(call.get()).isSameAs(lent);
  }

  @Test
  void keepsSomeReadyInTheBackground() throws Exception {
    var pool = pool(PoolOptions.builder().minIdle(2).build());
    var used = borrow(pool);
    await(() -> state(pool).idle() == 2);

    dialler.closeByPeer(borrow(pool));

    await(() -> state(pool).idle() == 2);
    assertThat(state(pool).open()).isEqualTo(3);
    assertThat(dialler.dials()).isEqualTo(4);
    pool.release(used, Outcome.CLEAN);
    assertThat(state(pool).idle()).isEqualTo(3);
  }

  @Test
  void keepsTheLastUsedThoughTheyAreUnusedForLong() throws Exception {
    var pool = pool(PoolOptions.builder().minIdle(1).maxAge(Duration.ofMinutes(1)).build());
    var one = borrow(pool);
    await(() -> state(pool).idle() == 1);
    var other = borrow(pool);
    await(() -> state(pool).idle() == 1);

    pool.release(one, Outcome.CLEAN);
    pool.release(other, Outcome.CLEAN);

    assertThat(pool.keepsUnused(other)).isTrue();
    assertThat(pool.keepsUnused(one)).isFalse();
    clock.turn(Duration.ofMinutes(1));
    assertThat(pool.keepsUnused(other)).as("too old").isFalse();
  }

  @Test
  void triesAgainWhenItCannotKeepSomeReady() throws Exception {
    var pool = pool(PoolOptions.builder().minIdle(1).build());
    dialler.failWith(new ConnectException("connection refused"));
    assertThatThrownBy(() -> borrow(pool)).isInstanceOf(IOException.class);
    await(() -> state(pool).counters().dialsFailed() > 0);

    dialler.failWith(null);
    clock.turn(Duration.ofSeconds(10));

    await(() -> state(pool).idle() == 1);
  }

  @Test
  void closesWhatIsUnusedAtOnceAndTheRestWhenItsCallEnds() throws Exception {
    var pool = pool(PoolOptions.builder().maxConnections(2).build());
    var unused = borrow(pool);
    var lent = borrow(pool);
    var waiting = callers.submit(() -> borrow(pool));
    await(() -> state(pool).waiting() == 1);
    pool.release(unused, Outcome.CLEAN);
    unused = waiting.get();
    pool.release(unused, Outcome.CLEAN);

    pool.close("the address was removed");

    assertThat(dialler.socketOf(unused).isClosed()).isTrue();
    assertThat(dialler.socketOf(lent).isOpen()).isTrue();
    pool.release(lent, Outcome.CLEAN);
    assertThat(dialler.socketOf(lent).isClosed()).isTrue();
    assertThatThrownBy(() -> borrow(pool)).hasMessage("the address was removed");
  }

  @Test
  void tellsWhoWaitsThatItIsClosed() throws Exception {
    var pool = pool(PoolOptions.builder().maxConnections(1).build());
    var _ = borrow(pool);
    var waiting = callers.submit(() -> borrow(pool));
    await(() -> state(pool).waiting() == 1);

    pool.close("closed meanwhile");

    assertThatThrownBy(waiting::get).cause().hasMessage("closed meanwhile");
  }

  /// Not that the dial failed, after which a call may wait for the server.
  @Test
  void tellsWhoDialsThatItsAddressIsRemoved() throws Exception {
    var pool = pool(PoolOptions.DEFAULT);
    var gate = dialler.shutGate();
    dialler.failWith(new ConnectException("connection refused"));
    var dialling = callers.submit(() -> borrow(pool));
    await(() -> dialler.dials() == 1);

    pool.remove();
    gate.release();

    assertThatThrownBy(dialling::get).cause().isInstanceOf(RemovedException.class);
  }

  @Test
  void opensSparesUpToANumber() throws Exception {
    var pool = pool(PoolOptions.DEFAULT);
    var deadline = Deadline.after(Duration.ofSeconds(10));

    assertThat(List.of(1, 2, 3)).allSatisfy(_ -> assertThat(pool.addSpare(2, deadline)).isEmpty());

    assertThat(state(pool).idle()).isEqualTo(2);
    dialler.failWith(new ConnectException("connection refused"));
    assertThat(pool.addSpare(3, deadline).orElseThrow()).hasMessage("connection refused");
    assertThat(pool.addSpare(3, deadline).orElseThrow()).isInstanceOf(UnreachableException.class);
  }

  private static PooledConnection borrow(ExclusivePool pool)
      throws IOException, TimeoutException, InterruptedException {
    return pool.borrow(Deadline.after(Duration.ofSeconds(10)), FakeDialler.CONNECT_TIMEOUT);
  }

  private ExclusivePool pool(PoolOptions options) {
    return new ExclusivePool(ADDRESS, dialler.parts(options, clock));
  }

  private static PoolState state(ExclusivePool pool) {
    return pool.state().orElseThrow();
  }
}
