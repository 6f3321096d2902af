package io.windhover.rpc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class BuiltInConnectionsTest {

  private static final int MANY = 64;

  private final FakeDialler dialler = new FakeDialler();
  private final BuiltInConnections connections =
      new BuiltInConnections(
          dialler.parts(PoolOptions.DEFAULT, TimeSource.SYSTEM).spec(),
          dialler,
          null,
          null,
          CallListener.NONE);

  @Test
  void findsAConnectionForAStreamThoughThePoolIsForgottenJustBefore() throws Exception {
    for (int i = 1; i < MANY; i++) {
      find(i, TimeSource.SYSTEM);
    }
    var time = new OneLook(() -> find(MANY, TimeSource.SYSTEM)); // one address too many

    var found = find(0, time);

    assertThat(time.isOver).isTrue();
    assertThat(found.isOpen()).isTrue();
    assertThat(connections.open()).isEqualTo(MANY + 1);
  }

  @Test
  void forgetsNoPoolThatSomebodyWaitsAt() throws Exception {
    dialler.failWith(new ConnectException("connection refused"));
    assertThatThrownBy(() -> find(0, TimeSource.SYSTEM)).isInstanceOf(IOException.class);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting =
          callers.submit(
              () -> {
                connections.awaitReachable(
                    address(0), PoolState.Use.STREAMS, Deadline.after(Duration.ofSeconds(10)));
                return true;
              });
      Eventually.await(() -> connections.states().getFirst().waiting() == 1);

      for (int i = 1; i <= MANY + 1; i++) { // one address too many, and another
        int port = i;
        assertThatThrownBy(() -> find(port, TimeSource.SYSTEM)).isInstanceOf(IOException.class);
      }

      assertThat(connections.states())
          .filteredOn(pool -> pool.waiting() == 1)
          .extracting(PoolState::address)
          .containsExactly(address(0));
      assertThat(connections.states()).as("the others are forgotten").hasSizeLessThan(MANY);
      connections.close();
      assertThatThrownBy(waiting::get).hasMessageContaining("this client is closed");
    }
  }

  private static InetSocketAddress address(int port) {
    return InetSocketAddress.createUnresolved("other", port);
  }

  private SharedStreams find(int port, TimeSource time) throws Exception {
    return (SharedStreams)
        connections.forStream(
            address(port),
            Deadline.after(Duration.ofSeconds(10), time),
            FakeDialler.CONNECT_TIMEOUT);
  }

  /// Lets something happen when who waits looks at the time at first.
  private static final class OneLook implements TimeSource {
    private final Step step;
    private int looks;
    private boolean isOver;

    interface Step {
      void run() throws Exception;
    }

    OneLook(Step step) {
      this.step = step;
    }

    @Override
    public long nanoTime() {
      if (++looks == 2) { // the first one was the deadline's own
        try {
          step.run();
          isOver = true;
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
      return TimeSource.SYSTEM.nanoTime();
    }

    @Override
    public void park(Object blocker, long nanos) {
      TimeSource.SYSTEM.park(blocker, nanos);
    }
  }
}
