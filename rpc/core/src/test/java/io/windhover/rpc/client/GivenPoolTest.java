package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.Eventually.await;
import static io.windhover.rpc.fixture.LocalAddress.anyPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.MemoryPool;
import io.windhover.rpc.pool.CallDialler;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.ExclusiveConnection;
import io.windhover.rpc.pool.Pool;
import io.windhover.rpc.pool.PoolFactory;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients with pools of the user's that do as they should.
@Timeout(20)
final class GivenPoolTest {

  private static final InetSocketAddress NOWHERE =
      InetSocketAddress.createUnresolved("nowhere.windhover.test", 1);

  /// The example of the guide.
  record ShortPool(SocketAddress address, CallDialler dialler)
      implements Pool<ExclusiveConnection> {

    @Override
    public ExclusiveConnection borrow(Deadline deadline, Duration connectTimeout)
        throws IOException {
      return dialler.dial(address, deadline, connectTimeout);
    }

    @Override
    public void release(ExclusiveConnection connection, Outcome outcome) {
      switch (outcome) {
        case CLEAN, FLUSH -> connection.close();
        case SPOILT, LEAVING -> connection.abort();
      }
    }

    @Override
    public void close(String because) {} // keeps nothing

    @Override
    public int openConnections() {
      return 0; // that would be lost if this pool is forgotten
    }
  }

  @Test
  void dialsForEachCallIfItLikes() throws Exception {
    var dials = new AtomicInteger();
    try (var server = serve();
        var client =
            Client.builder(server.address())
                .pools(ShortPool::new)
                .dialler(
                    own ->
                        (address, timeout, options, handler) -> {
                          dials.incrementAndGet();
                          own.dial(address, timeout, options, handler);
                        })
                .build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
      }

      assertThat(dials).hasValue(3);
      assertThat(client.pools()).isEmpty();
      assertThat(client.openConnections()).isZero();
    }
  }

  record WatchedPool<C extends ClientConnection>(Pool<C> pool, List<Pool.Outcome> outcomes)
      implements Pool<C> {

    @Override
    public C borrow(Deadline deadline, Duration connectTimeout)
        throws IOException, TimeoutException, InterruptedException {
      return pool.borrow(deadline, connectTimeout);
    }

    @Override
    public void release(C connection, Outcome outcome) {
      outcomes.add(outcome);
      pool.release(connection, outcome);
    }

    @Override
    public void close(String because) {
      pool.close(because);
    }

    @Override
    public int openConnections() {
      return pool.openConnections();
    }
  }

  @Test
  void seesHowACallLeavesItsConnection() throws Exception {
    var outcomes = new ArrayList<Pool.Outcome>();
    try (var server = serve();
        var client =
            client(
                server.address(),
                (address, dialler) ->
                    new WatchedPool<>(new ShortPool(address, dialler), outcomes))) {
      EchoFixture.echo(client, "hi");
      EchoFixture.note(client, "hi");
      assertThatThrownBy(() -> EchoFixture.callUnknown(client)).isInstanceOf(RpcException.class);

      assertThat(outcomes)
          .containsExactly(Pool.Outcome.CLEAN, Pool.Outcome.FLUSH, Pool.Outcome.SPOILT);
    }
  }

  @Test
  void remembersWhatServersReadOnConnectionsThatItKeeps() throws Exception {
    var sizes = new ArrayList<Integer>();
    var listener =
        new CallListener() {
          @Override
          public void sent(Invocation invocation, int bytes) {
            sizes.add(bytes);
          }
        };
    try (var server =
            Server.builder()
                .address(anyPort())
                .compressAbove(1000)
                .service(EchoFixture.serve(text -> text))
                .start();
        var client =
            Client.builder(server.address())
                .protocol(Protocol.TTHEADER)
                .compression(Compression.GZIP, 1000)
                .pools(KeepingPool::new)
                .listener(listener)
                .build()) {
      for (int i = 0; i < 2; i++) {
        EchoFixture.echo(client, "0123456789".repeat(5000));
      }
    }

    assertThat(sizes.getFirst()).as("the server has not spoken yet").isGreaterThan(50_000);
    assertThat(sizes.getLast()).isLessThan(5000);
  }

  /// For one caller.
  private static final class KeepingPool implements Pool<ExclusiveConnection> {
    private final SocketAddress address;
    private final CallDialler dialler;
    private @Nullable ExclusiveConnection kept;

    KeepingPool(SocketAddress address, CallDialler dialler) {
      this.address = address;
      this.dialler = dialler;
    }

    @Override
    public ExclusiveConnection borrow(Deadline deadline, Duration connectTimeout)
        throws IOException {
      var connection = kept;
      return connection != null ? connection : dialler.dial(address, deadline, connectTimeout);
    }

    @Override
    public void release(ExclusiveConnection connection, Outcome outcome) {
      kept = connection;
    }

    @Override
    public void close(String because) {
      if (kept != null) {
        kept.close();
      }
    }

    @Override
    public int openConnections() {
      return kept == null ? 0 : 1;
    }
  }

  @Test
  void carriesCallsWithoutConnecting() throws Exception {
    try (var client = client(new MemoryPool())) {
      assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi, from memory");
      EchoFixture.note(client, "noted");

      var warmUp = client.warmUp(1, Duration.ofSeconds(10));
      assertThat(warmUp.failure().orElseThrow()).hasMessageContaining("when calls need it");
    }
  }

  @Test
  void closesWithTheClient() {
    var closed = new ArrayList<String>();
    var pool =
        new MemoryPool() {
          @Override
          public void close(String because) {
            closed.add(because);
            throw new IllegalStateException("cannot close");
          }
        };

    client(pool).close();

    assertThat(closed).containsExactly("this client is closed");
  }

  @Test
  void isWarmedUpAsFarAsItLikes() throws Exception {
    var open = new AtomicInteger();
    var pool =
        new MemoryPool() {
          @Override
          public Optional<IOException> addSpare(int enough, Deadline deadline) {
            open.incrementAndGet();
            return Optional.empty();
          }

          @Override
          public int openConnections() {
            return open.get();
          }
        };
    try (var client =
        Client.builder(NOWHERE).pools((_, _) -> pool).pool(PoolOptions.SHORT).build()) {
      client.warmUp(20, Duration.ofSeconds(10)).orThrow();
    }

    assertThat(open.get()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void isMadeWithoutALock() throws Exception {
    var bothMake = new CountDownLatch(3); // one when the client is made
    var closed = new AtomicInteger();
    PoolFactory pools =
        (_, _) -> {
          bothMake.countDown();
          if (bothMake.getCount() < 2) {
            await(bothMake);
          }
          return new MemoryPool() {
            @Override
            public void close(String because) {
              closed.incrementAndGet();
            }
          };
        };
    try (var client = client(NOWHERE, pools)) {
      client.removeAddress(NOWHERE);
      var caller = Thread.ofVirtual().start(() -> EchoFixture.echo(client, "hi"));
      EchoFixture.echo(client, "hi");
      caller.join();

      assertThat(bothMake.getCount()).isZero();
      assertThat(closed).as("the removed one, and the one too many").hasValue(2);
    }
  }

  @Test
  void isMadeForOtherAddressesWithoutALock() throws Exception {
    var bothMake = new CountDownLatch(2);
    var closed = new AtomicInteger();
    PoolFactory pools =
        (address, _) -> {
          if (!address.equals(NOWHERE)) {
            bothMake.countDown();
            await(bothMake);
          }
          return new MemoryPool() {
            @Override
            public void close(String because) {
              closed.incrementAndGet();
            }
          };
        };
    try (var client = client(NOWHERE, pools)) {
      var elsewhere = at(client, 1);
      var caller = Thread.ofVirtual().start(() -> EchoFixture.echo(elsewhere, "hi"));
      EchoFixture.echo(elsewhere, "hi");
      caller.join();

      assertThat(bothMake.getCount()).isZero();
      assertThat(closed).as("the one too many").hasValue(1);
    }
  }

  @Test
  void isForgottenWithoutALock() throws Exception {
    var clients = new ArrayList<Client>();
    var removed = new ArrayList<Boolean>();
    PoolFactory pools =
        (address, _) ->
            new MemoryPool() {
              @Override
              public void close(String because) {
                if (because.contains("too many") && removed.isEmpty()) {
                  removed.add(
                      endsShortly(
                          Thread.ofVirtual()
                              .start(() -> clients.getFirst().removeAddress(address))));
                }
              }
            };
    try (var client = client(NOWHERE, pools)) {
      clients.add(client);
      for (int port = 1; port <= 65; port++) {
        EchoFixture.echo(at(client, port), "hi");
      }
    }

    assertThat(removed).containsExactly(true);
  }

  @Test
  void isNotLeftBehindByMiddlewareThatCannotBeMade() {
    var open = new AtomicInteger();
    PoolFactory pools =
        (_, _) -> {
          open.incrementAndGet();
          return new MemoryPool() {
            @Override
            public void close(String because) {
              open.decrementAndGet();
            }
          };
        };
    var mistake = new IllegalStateException("no configuration");
    var builder =
        Client.builder(NOWHERE)
            .pools(pools)
            .middleware(
                _ -> {
                  throw mistake;
                });

    assertThatThrownBy(builder::build).isSameAs(mistake);

    assertThat(open).hasValue(0);
  }

  @Test
  void isNotForMultiplexedClients() {
    var builder =
        Client.builder(NOWHERE).protocol(Protocol.TTHEADER).pools(ShortPool::new).multiplexed(2);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("multiplexed: 2 with pools(...) (expected: one of the two");
  }

  private static Client client(Pool<?> pool) {
    return client(NOWHERE, (_, _) -> pool);
  }

  private static Client client(SocketAddress address, PoolFactory pools) {
    return Client.builder(address).pools(pools).timeout(Duration.ofSeconds(10)).build();
  }

  private static StreamCaller at(Client client, int port) {
    var address = InetSocketAddress.createUnresolved("elsewhere.windhover.test", port);
    return client.with(CallOptions.builder().address(address).build());
  }

  private static boolean endsShortly(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }

  private static Server serve() throws IOException {
    return Server.builder().address(anyPort()).service(EchoFixture.serve(text -> text)).start();
  }
}
