package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.pool.CallDialler;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.ExclusiveConnection;
import io.windhover.rpc.pool.Pool;
import io.windhover.rpc.pool.PoolFactory;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients with pools of the user's: right ones, and wrong ones.
@Timeout(20)
final class GivenPoolTest {

  private static final InetSocketAddress NOWHERE =
      InetSocketAddress.createUnresolved("nowhere.windhover.test", 1);

  // ---- right ones

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
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
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
    try (var client = client(new FakePool())) {
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
        new FakePool() {
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
        new FakePool() {
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
            awaitShortly(bothMake);
          }
          return new FakePool() {
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
            awaitShortly(bothMake);
          }
          return new FakePool() {
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
            new FakePool() {
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
          return new FakePool() {
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

  // ---- wrong ones

  @Test
  void lendsDeadConnections() {
    var borrowed = new AtomicInteger();
    var failure =
        failure(
            new FakePool() {
              @Override
              public LinkBuffer exchange(LinkBuffer request, Deadline deadline) {
                borrowed.incrementAndGet();
                request.release();
                throw new ConnectionClosedException("dead for long");
              }
            });

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("dead for long");
    assertThat(borrowed).hasValue(4);
  }

  @Test
  void throwsWhenItShouldLend() {
    var mistake = new IllegalStateException("empty table");
    var failure = failure(throwing(mistake));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure)
        .hasMessageContaining("pool " + getClass().getName())
        .hasMessageContaining("failed in borrow: " + mistake)
        .hasMessageContaining("Does the code that this client was given")
        .hasRootCause(mistake);
  }

  static List<Error> errors() {
    return List.of(
        new NoClassDefFoundError("acme/Table"),
        new AssertionError("no entry"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("errors")
  void failsWithAnErrorWhenItShouldLend(Error error) {
    var failure = failure(throwing(error));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure)
        .hasMessageContaining("pool " + getClass().getName())
        .hasMessageContaining("failed in borrow: " + error)
        .hasRootCause(error);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void failsWithAnErrorInTheMiddleOfACall(Error error) {
    var failure =
        failure(
            new FakePool() {
              @Override
              public LinkBuffer exchange(LinkBuffer request, Deadline deadline) {
                request.release();
                throw error;
              }
            });

    assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(failure)
        .hasMessageContaining("connection " + getClass().getName())
        .hasMessageContaining("failed in exchange: " + error)
        .hasRootCause(error);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void failsWithAnErrorWhenItTellsOfItself(Error error) throws Exception {
    var pool =
        new FakePool() {
          @Override
          public int nextSequenceId() {
            throw error;
          }

          @Override
          public void release(ClientConnection connection, Outcome outcome) {
            throw error;
          }

          @Override
          public Optional<IOException> addSpare(int enough, Deadline deadline) {
            throw error;
          }
        };
    try (var client = client(pool)) {
      var failure = failure(client);
      assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure).hasMessageContaining("failed in nextSequenceId: " + error);

      assertThat(client.warmUp(1, Duration.ofSeconds(10)).failure().orElseThrow())
          .hasMessageContaining("failed in addSpare: " + error);
    }
  }

  @ParameterizedTest
  @MethodSource("errors")
  void cannotBeMadeForAnError(Error error) {
    PoolFactory onlyOne =
        (address, _) -> {
          if (address.equals(NOWHERE)) {
            return new FakePool();
          }
          throw error;
        };
    try (var client = client(NOWHERE, onlyOne)) {
      var elsewhere = at(client, 1);

      assertThatThrownBy(() -> EchoFixture.echo(elsewhere, "hi"))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
          .hasMessageContaining("pool factory " + getClass().getName())
          .hasRootCause(error);
    }
  }

  @Test
  void runsOutOfMemory() {
    var error = new OutOfMemoryError("a test's");

    assertThatThrownBy(() -> failure(throwing(error))).as("nobody's to explain").isSameAs(error);
  }

  @Test
  void refusesInItsOwnWords() {
    var busy = RpcException.builder(Kind.NOT_SENT, RpcException.Stage.CONNECT, "too many").build();

    assertThat(failure(throwing(busy))).isSameAs(busy);
  }

  @Test
  void lendsNothing() {
    assertThat(failure(lending(_ -> null)))
        .hasMessageContaining("lent no connection")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT));
  }

  @Test
  void lendsTooLate() {
    var released = new ArrayList<Pool.Outcome>();
    var pool =
        new FakePool() {
          @Override
          public ClientConnection borrow(Deadline deadline, Duration connectTimeout) {
            while (!deadline.hasPassed()) {
              deadline.park(this);
            }
            return this;
          }

          @Override
          public void release(ClientConnection connection, Outcome outcome) {
            released.add(outcome);
          }
        };
    RpcException failure;
    try (var client =
        Client.builder(NOWHERE).pools((_, _) -> pool).timeout(Duration.ofMillis(300)).build()) {
      failure = failure(client);
    }

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("lent a connection after the deadline");
    assertThat(released).containsExactly(Pool.Outcome.CLEAN);
  }

  @Test
  void waitsUntilItsCallerIsInterrupted() throws Exception {
    var waiting = new CountDownLatch(1);
    var pool =
        new FakePool() {
          @Override
          public ClientConnection borrow(Deadline deadline, Duration connectTimeout)
              throws InterruptedException {
            waiting.countDown();
            new CountDownLatch(1).await();
            return this;
          }
        };
    var failures = new ArrayList<RpcException>();
    var caller = Thread.ofVirtual().start(() -> failures.add(failure(pool)));
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();

    caller.join();
    assertThat(failures)
        .singleElement()
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
  }

  @Test
  void failsInTheMiddleOfACall() {
    var mistake = new IllegalStateException("torn");
    var failure =
        failure(
            new FakePool() {
              @Override
              public LinkBuffer exchange(LinkBuffer request, Deadline deadline) {
                request.release();
                throw mistake;
              }
            });

    assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(failure).hasMessageContaining("failed in exchange: " + mistake);
    assertThat(failure).hasRootCause(mistake);
  }

  @Test
  void answersWithNothing() {
    var failure =
        failure(
            new FakePool() {
              @Override
              @SuppressWarnings("NullAway") // as code may that nobody checks
              public LinkBuffer exchange(LinkBuffer request, Deadline deadline) {
                request.release();
                return null;
              }
            });

    assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED);
  }

  @Test
  void failsToSend() {
    var pool =
        new FakePool() {
          @Override
          public void send(LinkBuffer request, Deadline deadline) {
            request.release();
            throw new UnsupportedOperationException("no oneway calls");
          }
        };
    try (var client = client(pool)) {
      assertThatThrownBy(() -> EchoFixture.note(client, "hi"))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED))
          .hasMessageContaining("no oneway calls");
    }
  }

  @Test
  void knowsNoSequenceId() {
    var failure =
        failure(
            new FakePool() {
              @Override
              public int nextSequenceId() {
                throw new IllegalStateException("all used up");
              }
            });

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
  }

  @Test
  void doesNotTakeBackWhatItLent() {
    var pool =
        new FakePool() {
          @Override
          public void release(ClientConnection connection, Outcome outcome) {
            throw new IllegalStateException("not mine");
          }
        };
    try (var client = client(pool)) {
      assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi, from memory");
    }
  }

  @Test
  void cannotBeMade() {
    PoolFactory onlyOne =
        (address, _) -> {
          if (address.equals(NOWHERE)) {
            return new FakePool();
          }
          throw new ArithmeticException();
        };
    try (var client = client(NOWHERE, onlyOne)) {
      var elsewhere = at(client, 1);

      assertThatThrownBy(() -> EchoFixture.echo(elsewhere, "hi"))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT))
          .hasMessageContaining("failed in pool: java.lang.ArithmeticException");
      assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi, from memory");
    }
  }

  @Test
  void cannotTellOfItself() {
    var pool =
        new FakePool() {
          @Override
          public int openConnections() {
            throw new IllegalStateException("lost count");
          }
        };
    try (var client = client(pool)) {
      assertThat(client.openConnections()).isZero();
    }
  }

  /// @param mistake unchecked
  private static Pool<?> throwing(Throwable mistake) {
    return lending(
        _ -> {
          if (mistake instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) mistake;
        });
  }

  private interface Lender {
    @Nullable ClientConnection lend(Deadline deadline);
  }

  private static Pool<?> lending(Lender lender) {
    return new FakePool() {
      @Override
      @SuppressWarnings("NullAway") // as code may that nobody checks
      public ClientConnection borrow(Deadline deadline, Duration connectTimeout) {
        return lender.lend(deadline);
      }
    };
  }

  private static RpcException failure(Pool<?> pool) {
    try (var client = client(pool)) {
      return failure(client);
    }
  }

  private static RpcException failure(Client client) {
    try {
      EchoFixture.echo(client, "hi");
      throw new AssertionError("the call succeeds");
    } catch (RpcException e) {
      return e;
    }
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

  private static void awaitShortly(CountDownLatch latch) {
    try {
      boolean _ = latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody knows this thread", e);
    }
  }

  private static boolean endsShortly(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }

  private static Server serve() throws IOException {
    return Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .service(EchoFixture.serve(text -> text))
        .start();
  }

  /// A pool and its only connection, which answers from memory.
  private static class FakePool implements Pool<ClientConnection>, ClientConnection {

    private final AtomicInteger sequenceIds = new AtomicInteger();
    private final List<LinkBuffer> sent = new ArrayList<>();

    @Override
    public ClientConnection borrow(Deadline deadline, Duration connectTimeout)
        throws IOException, TimeoutException, InterruptedException {
      return this;
    }

    @Override
    public void release(ClientConnection connection, Outcome outcome) {
      sent.forEach(LinkBuffer::release);
      sent.clear();
    }

    @Override
    public void close(String because) {}

    @Override
    public int openConnections() {
      return 0;
    }

    @Override
    public int nextSequenceId() {
      return sequenceIds.incrementAndGet();
    }

    @Override
    public LinkBuffer exchange(LinkBuffer request, Deadline deadline) {
      return MemoryServer.answer(request);
    }

    @Override
    public void send(LinkBuffer request, Deadline deadline) {
      sent.add(request);
    }
  }
}
