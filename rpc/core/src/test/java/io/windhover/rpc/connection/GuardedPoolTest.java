package io.windhover.rpc.connection;

import static io.windhover.rpc.fixture.EchoFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.fixture.MemoryPool;
import io.windhover.rpc.pool.ClientConnection;
import io.windhover.rpc.pool.Pool;
import io.windhover.rpc.pool.PoolFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients with pools of the user's that do not as they should.
@Timeout(20)
final class GuardedPoolTest {

  private static final InetSocketAddress NOWHERE =
      InetSocketAddress.createUnresolved("nowhere.windhover.test", 1);

  @Test
  void lendsDeadConnections() {
    var borrowed = new AtomicInteger();
    var failure =
        failureOf(
            new MemoryPool() {
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
    var failure = failureOf(throwing(mistake));

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
    var failure = failureOf(throwing(error));

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
        failureOf(
            new MemoryPool() {
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
        new MemoryPool() {
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
            return new MemoryPool();
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

    assertThatThrownBy(() -> failureOf(throwing(error))).as("nobody's to explain").isSameAs(error);
  }

  @Test
  void isAwaitedUntilItsAddressIsRemoved() {
    var removed = new GuardedPool<>(new MemoryPool());
    var forgotten = new GuardedPool<>(new MemoryPool());
    var deadline = Deadline.after(Duration.ofSeconds(10));

    removed.close("the address was removed");
    forgotten.forget();

    assertThatThrownBy(() -> removed.awaitReachable(deadline))
        .isInstanceOf(IOException.class)
        .hasMessage("the address was removed");
    assertThatThrownBy(() -> forgotten.awaitReachable(deadline))
        .isInstanceOf(ForgottenException.class);
  }

  @Test
  void refusesInItsOwnWords() {
    var busy = RpcException.builder(Kind.NOT_SENT, RpcException.Stage.CONNECT, "too many").build();

    assertThat(failureOf(throwing(busy))).isSameAs(busy);
  }

  @Test
  void lendsNothing() {
    assertThat(failureOf(lending(_ -> null)))
        .hasMessageContaining("lent no connection")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT));
  }

  @Test
  void lendsTooLate() {
    var released = new ArrayList<Pool.Outcome>();
    var pool =
        new MemoryPool() {
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
        new MemoryPool() {
          @Override
          public ClientConnection borrow(Deadline deadline, Duration connectTimeout)
              throws InterruptedException {
            waiting.countDown();
            new CountDownLatch(1).await();
            return this;
          }
        };
    var failures = new ArrayList<RpcException>();
    var caller = Thread.ofVirtual().start(() -> failures.add(failureOf(pool)));
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
        failureOf(
            new MemoryPool() {
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
        failureOf(
            new MemoryPool() {
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
        new MemoryPool() {
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
    var mistake = new IllegalStateException("all used up");
    var asked = new AtomicInteger();
    var failure =
        failureOf(
            new MemoryPool() {
              @Override
              public int nextSequenceId() {
                asked.incrementAndGet();
                throw mistake;
              }
            });

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasRootCause(mistake);
    assertThat(asked).hasValue(1);
  }

  @Test
  void cannotBeMadeForItsClient() {
    var mistake = new ArithmeticException("none left");
    PoolFactory none =
        (_, _) -> {
          throw mistake;
        };

    assertThatThrownBy(() -> client(NOWHERE, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("failed in pool: " + mistake)
        .hasRootCause(mistake);
  }

  @Test
  void cannotBeMadeToWarmUp() throws Exception {
    var made = new AtomicInteger();
    PoolFactory onlyOne =
        (_, _) -> {
          if (made.getAndIncrement() == 0) {
            return new MemoryPool();
          }
          throw new ArithmeticException("none left");
        };
    try (var client = client(NOWHERE, onlyOne)) {
      client.removeAddress(NOWHERE);

      assertThat(client.warmUp(1, Duration.ofSeconds(10)).failure().orElseThrow())
          .hasMessageContaining("none left");
    }
  }

  @Test
  void isNotThere() {
    @SuppressWarnings("NullAway") // as code may that nobody checks
    PoolFactory nothing = (_, _) -> null;

    assertThatThrownBy(() -> client(NOWHERE, nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has made no pool");
  }

  @Test
  void doesNotTakeBackWhatItLent() {
    var pool =
        new MemoryPool() {
          @Override
          public void release(ClientConnection connection, Outcome outcome) {
            throw new IllegalStateException("not mine");
          }
        };
    try (var client = client(pool);
        var log = new LogRecorder("io.windhover.rpc")) {
      for (int i = 0; i < 20; i++) {
        assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi, from memory");
      }
      assertThat(log.drain("failed in release")).as("one a second").hasSizeBetween(1, 10);
    }
  }

  @Test
  void cannotBeMade() {
    PoolFactory onlyOne =
        (address, _) -> {
          if (address.equals(NOWHERE)) {
            return new MemoryPool();
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
        new MemoryPool() {
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
    return new MemoryPool() {
      @Override
      @SuppressWarnings("NullAway") // as code may that nobody checks
      public ClientConnection borrow(Deadline deadline, Duration connectTimeout) {
        return lender.lend(deadline);
      }
    };
  }

  private static RpcException failureOf(Pool<?> pool) {
    try (var client = client(pool)) {
      return failure(client);
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
}
