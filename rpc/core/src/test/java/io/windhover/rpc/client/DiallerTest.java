package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.EchoFixture.failure;
import static io.windhover.rpc.fixture.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.fixture.ChatFixture;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.MemoryServer;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.pool.Dialler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients with a dialler of the user's.
@Timeout(20)
final class DiallerTest {

  private static final String NOWHERE = "nowhere.windhover.test:1";

  @Test
  void carriesCallsWithoutASocket() {
    var server = new MemoryServer();
    try (var client = client(_ -> server)) {
      assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi, from memory");
      assertThat(EchoFixture.echo(client, "again")).isEqualTo("again, from memory");

      assertThat(server.dials()).isEqualTo(1);
      assertThat(client.pools().getFirst().open()).isEqualTo(1);
    }
  }

  @Test
  void leadsCallsAndStreamsElsewhere() throws Exception {
    var dials = new AtomicInteger();
    try (var server = ChatFixture.start();
        var client =
            client(
                own ->
                    (_, timeout, options, handler) -> {
                      dials.incrementAndGet();
                      own.dial(server.address(), timeout, options, handler);
                    })) {
      assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
      assertThat(dials).hasValue(1);

      try (var chat = ChatFixture.chat(client)) {
        chat.send(new Text("ping"));
        assertThat(chat.receive()).contains(new Text("ping"));
      }
      assertThat(dials).hasValue(2);
    }
  }

  @Test
  void wrapsWhatWasSetBefore() throws Exception {
    var seen = new ArrayList<String>();
    try (var server = ChatFixture.start();
        var client =
            Client.builder(server.address())
                .dialler(own -> noting("inner", seen, own))
                .dialler(own -> noting("outer", seen, own))
                .build()) {
      EchoFixture.echo(client, "hi");

      assertThat(seen).containsExactly("outer", "inner");
    }
  }

  private static Dialler noting(String name, List<String> seen, Dialler dialler) {
    return (address, timeout, options, handler) -> {
      seen.add(name);
      dialler.dial(address, timeout, options, handler);
    };
  }

  @Test
  void whatItThrowsFailsTheCallAndNoOther() {
    var server = new MemoryServer();
    var mistake = new IllegalStateException("no such route");
    var dials = new AtomicInteger();
    try (var client =
        client(
            _ ->
                (address, timeout, options, handler) -> {
                  if (dials.getAndIncrement() == 0) {
                    throw mistake;
                  }
                  server.dial(address, timeout, options, handler);
                })) {
      var failure = failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure.stage()).isEqualTo(Stage.CONNECT);
      assertThat(failure)
          .hasMessageContaining("dialler " + getClass().getName())
          .hasMessageContaining("failed in dial: " + mistake);
      assertThat(failure).hasRootCause(mistake);
      while (dials.get() < 2) { // bounded by the test's timeout: a pause follows the failure
        assertThat(succeedsOrIsNotSent(client)).isTrue();
      }
      assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi, from memory");
    }
  }

  static List<Error> errors() {
    return List.of(
        new NoClassDefFoundError("acme/Proxy"),
        new AssertionError("no proxy"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorOfItsFailsTheCallToo(Error error) {
    try (var client =
        client(
            _ ->
                (_, _, _, _) -> {
                  throw error;
                })) {
      var failure = failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure)
          .hasMessageContaining("dialler " + getClass().getName())
          .hasMessageContaining("failed in dial: " + error)
          .hasRootCause(error);
      assertThat(client.openConnections()).isZero();
    }
  }

  @Test
  void holdsUpNoCallIfItNeverReturns() throws Exception {
    var release = new CountDownLatch(1);
    var hanging = new CountDownLatch(1);
    var connection = new MemoryConnection();
    try (var client =
        Client.builder(NOWHERE)
            .timeout(Duration.ofMillis(300))
            .dialler(
                _ ->
                    (_, _, _, handler) -> {
                      awaitWhatever(release);
                      handler.opened(connection);
                      awaitWhatever(hanging);
                    })
            .build()) {
      var failure = failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure).hasMessageContaining("has not returned within");
      release.countDown();
      await(connection::isAborted);
      assertThat(client.openConnections()).isZero();
    } finally {
      release.countDown();
      hanging.countDown();
    }
  }

  @Test
  void holdsUpNobodyWhoIsInterrupted() throws Exception {
    var dialling = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var failures = new ArrayList<RpcException>();
    try (var client =
        Client.builder(NOWHERE)
            .timeout(Duration.ofSeconds(15))
            .connectTimeout(Duration.ofSeconds(15))
            .dialler(
                _ ->
                    (_, _, _, _) -> {
                      dialling.countDown();
                      awaitWhatever(release);
                    })
            .build()) {
      var caller = Thread.ofVirtual().start(() -> failures.add(failure(client)));
      dialling.await();

      caller.interrupt();

      caller.join();
      assertThat(failures)
          .singleElement()
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    } finally {
      release.countDown();
    }
  }

  /// Waits, and heeds neither time nor interrupts.
  private static void awaitWhatever(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      boolean _ = Thread.interrupted();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean succeedsOrIsNotSent(Client client) {
    try {
      EchoFixture.echo(client, "hi");
      return true;
    } catch (RpcException e) {
      return e.kind() == Kind.NOT_SENT;
    }
  }

  @Test
  void isHeldToTellItsHandler() {
    try (var client = client(_ -> (_, _, _, _) -> {})) {
      assertThat(failure(client).kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(client.openConnections()).isZero();
    }
  }

  @Test
  void aConnectionThatFailsAfterAllIsClosed() {
    var connection = new MemoryConnection();
    try (var client =
        client(
            _ ->
                (_, _, _, handler) -> {
                  handler.opened(connection);
                  throw new IOException("second thoughts");
                })) {
      assertThat(failure(client)).hasMessageContaining("second thoughts");

      assertThat(connection.isAborted()).isTrue();
      assertThat(client.openConnections()).isZero();
    }
  }

  @Test
  void aDeadConnectionIsNotTriedForEver() {
    var dials = new AtomicInteger();
    try (var client =
        client(
            _ ->
                (_, _, _, handler) -> {
                  dials.incrementAndGet();
                  handler.opened(dead());
                })) {
      assertThat(failure(client).kind()).isEqualTo(Kind.NOT_SENT);

      assertThat(dials).hasValue(4);
    }
  }

  private static MemoryConnection dead() {
    var dead = new MemoryConnection();
    dead.abort();
    return dead;
  }

  @Test
  void streamsFailWithATypedExceptionToo() {
    try (var client = client(_ -> (_, _, _, _) -> {})) {
      assertThatThrownBy(() -> ChatFixture.chat(client))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // as code may that nobody checks
  void isThere() {
    var builder = Client.builder("127.0.0.1:1").dialler(_ -> null);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("dialler: null (expected: ");
  }

  @Test
  void isShownAmongTheOptions() {
    try (var client = client(_ -> new MemoryServer())) {
      assertThat(client.explain()).containsPattern("dialler +given +client");
    }
    try (var client = Client.to(NOWHERE)) {
      assertThat(client.explain()).containsPattern("dialler +own +default");
    }
  }

  private static Client client(UnaryOperator<Dialler> dialler) {
    return Client.builder(NOWHERE).dialler(dialler).build();
  }
}
