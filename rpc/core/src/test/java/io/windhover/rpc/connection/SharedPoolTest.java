package io.windhover.rpc.connection;

import static io.windhover.rpc.fixture.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.fixture.TurnedTime;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What calls and streams have in common; the load is set by hand.
@Timeout(20)
final class SharedPoolTest {

  private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("db", 1);
  private static final int ENOUGH = 4;
  private static final int ROOM = 8;

  private final FakeDialler dialler = new FakeDialler();
  private final PoolTime clock = new PoolTime();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<FakeShared> made = new ArrayList<>(); // guarded by this

  @AfterEach
  void close() {
    callers.close();
  }

  @Test
  void sharesOneUntilItHasEnough() throws Exception {
    var pool = pool(3);
    var first = find(pool);
    first.load = ENOUGH - 1;
    assertThat(find(pool)).isSameAs(first);

    first.load = ENOUGH;
    var second = another(pool, first);

    assertThat(find(pool)).isSameAs(second);
    assertThat(pool.state().open()).isEqualTo(2);
    assertThat(pool.state().idle()).isEqualTo(1);
    assertThat(pool.state().counters().dialled()).isEqualTo(2);
    assertThat(pool.state().counters().borrowed()).isEqualTo(3);
  }

  @Test
  void choosesTheLeastLoaded() throws Exception {
    var pool = pool(2);
    var first = find(pool);
    first.load = ENOUGH + 2;
    var second = another(pool, first);
    second.load = ENOUGH + 1;

    for (int i = 0; i < 4; i++) {
      assertThat(find(pool)).isSameAs(second);
    }
    assertThat(dialler.dials()).isEqualTo(2);
  }

  @Test
  void takesThemInTurnsIfAllAreUnused() throws Exception {
    var pool = pool(3, 0);
    for (int i = 1; i <= 3; i++) {
      find(pool);
      int open = i;
      await(() -> pool.state().open() == open);
    }
    var used = new HashSet<FakeShared>();
    for (int i = 0; i < 3; i++) {
      used.add(find(pool));
    }

    assertThat(used).hasSize(3);
  }

  @Test
  void waitsForRoom() throws Exception {
    var pool = pool(1);
    var only = find(pool);
    only.load = ROOM;
    var calls = new ArrayList<Future<FakeShared>>();
    for (int i = 0; i < 3; i++) {
      calls.add(callers.submit(() -> find(pool)));
    }
    await(() -> pool.state().waiting() == 3);

    only.load = ROOM - 1;
    pool.hasRoom();

    for (var call : calls) {
      assertThat(call.get()).isSameAs(only);
    }
    assertThat(pool.state().counters().waited()).isEqualTo(3);
  }

  @Test
  void saysThatAllAreFull() throws Exception {
    var pool = pool(1);
    find(pool).load = ROOM;

    assertThatThrownBy(
            () -> pool.find(Deadline.after(Duration.ofMillis(5)), FakeDialler.CONNECT_TIMEOUT))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("all 1 shared connections carry 8 streams each");
    assertThat(pool.state().waiting()).isZero();
  }

  @Test
  void waitsInTheTimeOfTheCall() throws Exception {
    var time = new TurnedTime();
    var pool = pool(1);
    find(pool).load = ROOM;
    var deadline = Deadline.after(Duration.ofMinutes(1), time);
    var call = callers.submit(() -> pool.find(deadline, FakeDialler.CONNECT_TIMEOUT));
    time.awaitWaiting();

    time.turn(Duration.ofMinutes(1));

    assertThatThrownBy(call::get).cause().isInstanceOf(TimeoutException.class);
  }

  @Test
  void dialsTheFirstOneOnce() throws Exception {
    var pool = pool(3);
    var shut = dialler.shutGate();
    var calls = new ArrayList<Future<FakeShared>>();
    for (int i = 0; i < 5; i++) {
      calls.add(callers.submit(() -> find(pool)));
    }
    await(() -> pool.state().waiting() == 4);
    assertThatThrownBy(
            () -> pool.find(Deadline.after(Duration.ofMillis(5)), FakeDialler.CONNECT_TIMEOUT))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("no connection yet, with 1 dials under way");

    shut.release();

    var found = new HashSet<FakeShared>();
    for (var call : calls) {
      found.add(call.get());
    }
    assertThat(found).hasSize(1);
    assertThat(dialler.dials()).isEqualTo(1);
  }

  @Test
  void usesWhatIsThereWhileAnotherIsDialled() throws Exception {
    var pool = pool(2);
    var first = find(pool);
    first.load = ENOUGH;
    var shut = dialler.shutGate();

    var finder = callers.submit(() -> find(pool));
    await(() -> pool.state().dialling() == 1);

    try {
      assertThat(finder.get(5, TimeUnit.SECONDS)).as("who has it dialled").isSameAs(first);
      assertThat(find(pool)).as("who comes then").isSameAs(first);
      assertThat(dialler.dials()).isEqualTo(2);
    } finally {
      shut.release(10);
    }
    await(() -> pool.state().open() == 2);
    assertThat(find(pool)).isNotSameAs(first);
  }

  @Test
  void dialsForWhoFindsNoRoom() throws Exception {
    var pool = pool(2);
    var full = find(pool);
    full.load = ROOM;

    assertThat(find(pool)).isNotSameAs(full);
  }

  @Test
  void dialsForWhoWouldWaitForItsTurn() throws Exception {
    var pool = pool(2);
    var taken = find(pool);
    taken.room = 1;
    taken.load = 1;

    assertThat(find(pool)).isNotSameAs(taken);
    assertThat(dialler.dials()).isEqualTo(2);
  }

  @Test
  void prefersWhereNobodyHasToWait() throws Exception {
    var pool = pool(2);
    var taken = find(pool);
    taken.room = 1;
    taken.load = 1;
    var other = find(pool);
    other.load = 2;

    for (int i = 0; i < 4; i++) {
      assertThat(find(pool)).isSameAs(other);
    }
  }

  @Test
  void waitsForItsTurnWhenAnotherCannotBeHad() throws Exception {
    var pool = pool(2);
    var taken = find(pool);
    taken.room = 1;
    taken.load = 1;
    dialler.failWith(new ConnectException("connection refused"));

    assertThat(find(pool)).isSameAs(taken);
    assertThat(find(pool)).isSameAs(taken);
    assertThat(dialler.dials()).as("none in the pause").isEqualTo(2);
  }

  @Test
  void usesWhatIsThereWhenAnotherCannotBeHad() throws Exception {
    var pool = pool(2);
    var first = find(pool);
    first.load = ENOUGH;
    dialler.failWith(new ConnectException("connection refused"));

    assertThat(find(pool)).isSameAs(first);
    await(() -> pool.state().counters().dialsFailed() == 1);
    assertThat(find(pool)).isSameAs(first);

    assertThat(dialler.dials()).as("none in the pause").isEqualTo(2);
  }

  @Test
  void pausesAfterAFailedDial() throws Exception {
    var pool = pool(2);
    var refused = new ConnectException("connection refused");
    dialler.failWith(refused);
    assertThatThrownBy(() -> find(pool)).isSameAs(refused);
    clock.turn(Duration.ofMillis(10));

    assertThatThrownBy(() -> find(pool))
        .isInstanceOf(UnreachableException.class)
        .hasMessageStartingWith("connection refused 10 ms ago; the next try is in ")
        .hasCause(refused);
    assertThat(dialler.dials()).isEqualTo(1);
    assertThat(pool.state().counters().refused()).isEqualTo(1);

    clock.turn(Duration.ofMillis(60)); // the longest first pause
    dialler.failWith(null);
    assertThat(find(pool)).isNotNull();
  }

  @Test
  void tellsAllWhoWaitForADialThatItFailed() throws Exception {
    var pool = pool(2);
    var shut = dialler.shutGate();
    dialler.failWith(new ConnectException("connection refused"));
    var calls = new ArrayList<Future<FakeShared>>();
    for (int i = 0; i < 10; i++) {
      calls.add(callers.submit(() -> find(pool)));
    }
    await(() -> pool.state().waiting() == 9);

    shut.release();

    for (var call : calls) {
      assertThatThrownBy(call::get).cause().isInstanceOf(IOException.class);
    }
    assertThat(dialler.dials()).isEqualTo(1);
  }

  @Test
  void replacesWhatIsTooOld() throws Exception {
    var pool = pool(1);
    var old = find(pool);
    clock.turn(Duration.ofMinutes(7)); // of 10, and 8 at the earliest
    assertThat(find(pool)).isSameAs(old);
    clock.turn(Duration.ofMinutes(3));
    assertThat(pool.state().ages()).containsExactly(Duration.ofMinutes(10));

    var fresh = another(pool, old);

    assertThat(old.left).isTrue();
    assertThat(find(pool)).isSameAs(fresh);
    assertThat(pool.state().counters().closedOld()).isEqualTo(1);
    assertThat(pool.state().open()).as("until its calls have ended").isEqualTo(2);
    old.tellClosed();
    assertThat(pool.state().open()).isEqualTo(1);
  }

  @Test
  void passesByWhatIsTooOldWithoutALock() throws Exception {
    var pool = pool(2);
    var old = find(pool);
    old.load = ENOUGH;
    clock.turn(Duration.ofMinutes(6));
    var fresh = another(pool, old);
    clock.turn(Duration.ofMinutes(4));
    var held = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    fresh.beforeLoad =
        () -> {
          fresh.beforeLoad = () -> {};
          held.countDown();
          await(release);
        };
    var holder = callers.submit(pool::state); // asks for loads with the lock held
    await(held);

    var found = callers.submit(() -> List.of(find(pool), find(pool)));

    try {
      assertThat(found.get(5, TimeUnit.SECONDS)).containsExactly(fresh, fresh);
    } finally {
      release.countDown();
    }
    assertThat(holder.get().open()).isEqualTo(2);
  }

  @Test
  void pausesAfterASpareThatTimesOut() throws Exception {
    clock.tick(Duration.ofNanos(1000));
    var pool = pool(3);
    var only = find(pool);
    only.load = ENOUGH;
    dialler.failWith(new SocketTimeoutException("no connection in time"));

    assertThat(find(pool)).isSameAs(only);
    await(() -> pool.state().counters().dialsFailed() == 1);
    for (int i = 0; i < 20; i++) {
      assertThat(find(pool)).isSameAs(only);
    }

    assertThat(pool.state().dialling()).isZero();
    assertThat(dialler.dials()).isEqualTo(2);
  }

  @Test
  void usesWhatIsTooOldWithoutALockWhileItIsReplaced() throws Exception {
    var pool = pool(1);
    var old = find(pool);
    clock.turn(Duration.ofMinutes(10));
    var shut = dialler.shutGate();
    assertThat(find(pool)).isSameAs(old);
    await(() -> dialler.dials() == 2);
    var held = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    old.beforeLoad =
        () -> {
          old.beforeLoad = () -> {};
          held.countDown();
          await(release);
        };
    var holder = callers.submit(pool::state); // asks for loads with the lock held
    await(held);

    var found = callers.submit(() -> find(pool));

    try {
      assertThat(found.get(5, TimeUnit.SECONDS)).isSameAs(old);
    } finally {
      release.countDown();
      shut.release(10);
    }
    assertThat(holder.get().dialling()).isEqualTo(1);
  }

  @Test
  void replacesWhatIsTooOldBesideOthers() throws Exception {
    var pool = pool(2, 0);
    var old = find(pool);
    clock.turn(Duration.ofMinutes(6));
    var second = another(pool, old);
    clock.turn(Duration.ofMinutes(4));

    await(() -> findAny(pool) && old.left); // each time in turn

    assertThat(second.left).isFalse();
    assertThat(dialler.dials()).isEqualTo(3);
  }

  private static boolean findAny(SharedPool<FakeShared> pool) {
    try {
      return find(pool).isConnected();
    } catch (IOException | TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keepsWhatIsTooOldWhileItCannotBeReplaced() throws Exception {
    var pool = pool(1);
    var old = find(pool);
    clock.turn(Duration.ofMinutes(10));
    dialler.failWith(new ConnectException("connection refused"));

    assertThat(find(pool)).isSameAs(old);
    await(() -> pool.state().counters().dialsFailed() == 1);
    assertThat(old.left).isFalse();
  }

  @Test
  void passesByWhatLeavesOrIsLost() throws Exception {
    var pool = pool(1);
    var leaving = find(pool);
    leaving.leave();

    var next = find(pool);
    assertThat(next).isNotSameAs(leaving);
    next.tellClosed();

    assertThat(find(pool)).isNotSameAs(next);
    assertThat(dialler.dials()).isEqualTo(3);
  }

  @Test
  void dialsAheadOfNeed() throws Exception {
    var pool = pool(3);
    var deadline = Deadline.after(Duration.ofSeconds(10));

    assertThat(List.of(1, 2, 3)).allSatisfy(_ -> assertThat(pool.addSpare(2, deadline)).isEmpty());

    assertThat(pool.openConnections()).isEqualTo(2);
    dialler.failWith(new ConnectException("connection refused"));
    assertThat(pool.addSpare(3, deadline).orElseThrow()).hasMessage("connection refused");
    assertThat(pool.addSpare(3, deadline).orElseThrow()).isInstanceOf(UnreachableException.class);
  }

  @Test
  void leavesAllWhenItCloses() throws Exception {
    var pool = pool(1);
    var only = find(pool);
    only.load = ROOM;
    var waiting = callers.submit(() -> find(pool));
    await(() -> pool.state().waiting() == 1);

    pool.close("closed meanwhile");

    assertThat(only.left).isTrue();
    assertThatThrownBy(waiting::get).cause().hasMessage("closed meanwhile");
    assertThatThrownBy(() -> find(pool)).hasMessage("closed meanwhile");
    assertThat(pool.addSpare(1, Deadline.after(FakeDialler.CONNECT_TIMEOUT)).orElseThrow())
        .hasMessage("closed meanwhile");
  }

  @Test
  void leavesWhatIsDialledWhileItCloses() throws Exception {
    var pool = pool(1);
    var shut = dialler.shutGate();
    var dialling = callers.submit(() -> find(pool));
    await(() -> pool.state().dialling() == 1);

    pool.close("closed meanwhile");
    shut.release();

    assertThatThrownBy(dialling::get).cause().hasMessage("closed meanwhile");
    assertThat(made.getLast().left).isTrue();
  }

  @Test
  void letsGoOfWhoIsInterrupted() throws Exception {
    var pool = pool(1);
    find(pool).load = ROOM;
    var failures = new ArrayList<Exception>();
    var caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    find(pool);
                  } catch (Exception e) {
                    failures.add(e);
                  }
                });
    await(() -> pool.state().waiting() == 1);

    caller.interrupt();

    caller.join();
    assertThat(failures).singleElement().isInstanceOf(InterruptedException.class);
    assertThat(pool.state().waiting()).isZero();
  }

  /// Has another one dialled beside `first`, and returns it.
  private FakeShared another(SharedPool<FakeShared> pool, FakeShared first) throws Exception {
    long dialled = pool.state().counters().dialled();
    assertThat(find(pool)).isSameAs(first);
    await(() -> pool.state().counters().dialled() > dialled);
    synchronized (this) {
      return made.getLast();
    }
  }

  private static FakeShared find(SharedPool<FakeShared> pool)
      throws IOException, TimeoutException, InterruptedException {
    return pool.find(Deadline.after(Duration.ofSeconds(10)), FakeDialler.CONNECT_TIMEOUT);
  }

  private SharedPool<FakeShared> pool(int most) {
    return pool(most, ENOUGH);
  }

  private SharedPool<FakeShared> pool(int most, int enough) {
    var options = PoolOptions.builder().maxAge(Duration.ofMinutes(10)).build();
    return new SharedPool<>(
        new SharedPool.Kind<>(PoolState.Use.STREAMS, most, enough, ROOM, this::make),
        ADDRESS,
        dialler.parts(options, clock));
  }

  private synchronized FakeShared make(Consumer<FakeShared> onClosed) {
    var connection = new FakeShared(onClosed);
    made.add(connection);
    return connection;
  }

  private static final class FakeShared implements SharedConnection {
    private final Consumer<FakeShared> onClosed;
    private volatile boolean connected;
    private volatile boolean left;
    private volatile boolean lost;
    private volatile int load;
    private volatile int room = Integer.MAX_VALUE;
    private volatile Runnable beforeLoad = () -> {};

    FakeShared(Consumer<FakeShared> onClosed) {
      this.onClosed = onClosed;
    }

    @Override
    public void opened(Connection connection) {
      connected = true;
    }

    void tellClosed() {
      lost = true;
      onClosed.accept(this);
    }

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public boolean isOpen() {
      return connected && !left && !lost;
    }

    @Override
    public int load() {
      beforeLoad.run();
      return load;
    }

    @Override
    public int room() {
      return room;
    }

    @Override
    public void leave() {
      left = true;
    }

    @Override
    public void abort() {
      lost = true;
    }

    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      throw new UnsupportedOperationException();
    }
  }
}
