package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.MemoryPool;
import io.windhover.rpc.pool.ClientConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A client that calls so many addresses that it forgets pools of some.
@Timeout(20)
final class ForgottenPoolTest {

  private static final int MANY = 64;

  private final List<FirstPool> pools = new CopyOnWriteArrayList<>();
  private final Client client =
      Client.builder(address(0))
          .pools((address, _) -> address.equals(address(1)) ? first() : new MemoryPool())
          .build();

  private FirstPool first() {
    var pool = new FirstPool();
    pools.add(pool);
    return pool;
  }

  @Test
  void callsThoughThePoolIsForgottenBeforeItLends() {
    try (client) {
      assertThat(EchoFixture.echo(at(1), "hi")).isEqualTo("hi, from memory");

      assertThat(pools).hasSize(2);
      assertThat(pools.getFirst().closedBecause).isEqualTo("there are too many addresses");
    }
  }

  private StreamCaller at(int port) {
    return client.with(CallOptions.builder().address(address(port)).build());
  }

  private static InetSocketAddress address(int port) {
    return InetSocketAddress.createUnresolved("db", port);
  }

  /// Lends nothing once it is closed; the first one is forgotten while it is asked.
  private final class FirstPool extends MemoryPool {
    private volatile @Nullable String closedBecause;

    @Override
    public ClientConnection borrow(Deadline deadline, Duration connectTimeout) throws IOException {
      if (equals(pools.getFirst())) {
        for (int i = 0; i < MANY; i++) {
          EchoFixture.echo(at(i + 2), "hi");
        }
      }
      if (closedBecause != null) {
        throw new IOException(closedBecause);
      }
      return this;
    }

    @Override
    public void close(String because) {
      closedBecause = because;
    }
  }
}
