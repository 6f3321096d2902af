package io.windhover.rpc.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.pool.PoolState.Counters;
import io.windhover.rpc.pool.PoolState.Use;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PoolStateTest {

  private static final InetSocketAddress DB = InetSocketAddress.createUnresolved("db.test", 8888);
  private static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0);

  @Test
  void readsAsALineOfALog() {
    var ages = List.of(Duration.ofMillis(61_500), Duration.ofSeconds(2));

    assertThat(new PoolState(DB, Use.CALLS, 2, 1, 0, 3, ages, NONE))
        .hasToString(
            "calls to db.test:8888: 2 open, 1 idle, 0 dialling, 3 waiting, the oldest 61 s old");
    assertThat(new PoolState(DB, Use.STREAMS, 0, 0, 1, 0, List.of(), NONE))
        .hasToString("streams to db.test:8888: 0 open, 0 idle, 1 dialling, 0 waiting");
  }
}
