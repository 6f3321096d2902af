package io.windhover.rpc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.pool.PoolOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
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

  private SharedStreams find(int port, TimeSource time) throws Exception {
    var address = InetSocketAddress.createUnresolved("other", port);
    return (SharedStreams)
        connections.forStream(
            address, Deadline.after(Duration.ofSeconds(10), time), FakeDialler.CONNECT_TIMEOUT);
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
