package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.Eventually.await;
import static io.windhover.rpc.fixture.LocalAddress.anyPort;
import static io.windhover.rpc.fixture.LocalAddress.closedPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pools of clients over loopback.
@Timeout(30)
final class ClientPoolTest {

  private static final Duration PATIENT = Duration.ofSeconds(10);

  @RegisterExtension final ToClose toClose = new ToClose();

  @Test
  void warmsUpBeforeTheFirstCall() throws Exception {
    var server = serve(anyPort());
    var client = toClose.keep(Client.builder(server.address()).build());

    var warmUp = client.warmUp(20, Duration.ofSeconds(10));

    warmUp.orThrow();
    assertThat(warmUp.isComplete()).isTrue();
    assertThat(client.pools().getFirst().idle()).isEqualTo(20);
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
    assertThat(client.pools().getFirst().counters().dialled()).isEqualTo(20);
    assertThatThrownBy(() -> client.warmUp(1025, Duration.ofSeconds(1)))
        .hasMessage("connections: 1025 (expected: 1..1024, what the pool keeps)");
  }

  @Test
  void saysHowFarAWarmUpCame() throws Exception {
    var address = closedPort();
    var client = toClose.keep(Client.builder(address).build());

    var warmUp = client.warmUp(20, Duration.ofSeconds(10));

    assertThat(warmUp.open()).isZero();
    assertThatThrownBy(warmUp::orThrow)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "0 of 20 connections to %s:%d: connection refused"
                .formatted(address.getHostString(), address.getPort()));
  }

  /// Row 69 of the table of faults.
  @Test
  void survivesARestartOfTheServer() throws Exception {
    var server = serve(anyPort());
    var address = server.address();
    var client = toClose.keep(Client.builder(address).build());
    client.warmUp(128, Duration.ofSeconds(10)).orThrow();

    server.stop();
    await(() -> client.pools().getFirst().open() == 0); // without a call
    serve(address);

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
    assertThat(client.pools().getFirst().counters().dialled()).isEqualTo(129);
  }

  /// Row 73.
  @Test
  void closesTheConnectionsToARemovedAddress() throws Exception {
    var server = serve(anyPort());
    var other = serve(anyPort());
    var client = toClose.keep(Client.builder(server.address()).build());
    client.warmUp(10, Duration.ofSeconds(10)).orThrow();
    var toOther = client.with(CallOptions.builder().address(other.address()).build());
    EchoFixture.echo(toOther, "hi");
    assertThat(client.pools()).hasSize(2);
    client.removeAddress(server.address());
    client.removeAddress(other.address());

    assertThat(client.openConnections()).isZero();
    assertThat(client.pools()).isEmpty();
    assertThat(EchoFixture.echo(client, "anew")).isEqualTo("anew");
    assertThat(EchoFixture.echo(toOther, "anew")).isEqualTo("anew");
  }

  @ParameterizedTest(name = "waitForReady({0})")
  @ValueSource(booleans = {false, true})
  void connectsNoCallToARemovedAddressThatWaitedForIt(boolean waitsForReady) throws Exception {
    var answer = new CountDownLatch(1);
    var server =
        toClose.keep(
            Server.builder()
                .address(anyPort())
                .service(
                    EchoFixture.serve(
                        text -> {
                          Eventually.await(() -> answer.getCount() == 0);
                          return text;
                        }))
                .start());
    var client =
        toClose.keep(
            Client.builder(server.address())
                .timeout(PATIENT)
                .waitForReady(waitsForReady)
                .pool(PoolOptions.builder().maxConnections(1).build())
                .build());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> EchoFixture.echo(client, "first"));
      await(() -> client.openConnections() == 1 && client.pools().getFirst().idle() == 0);
      var second = threads.submit(() -> EchoFixture.failure(client));
      await(() -> client.pools().getFirst().waiting() == 1);

      client.removeAddress(server.address());

      assertThat(second.get()).hasMessageContaining("the address was removed from this client");
      assertThat(client.pools()).isEmpty();
      answer.countDown();
      assertThat(first.get()).isEqualTo("first");
    }
  }

  /// Row 74: however many wait, a dead server sees few dials, and is found when it is back.
  @Test
  void doesNotStormADeadServer() throws Exception {
    var address = closedPort();
    var client =
        toClose.keep(
            Client.builder(address)
                .timeout(PATIENT) // a dial that is cut short makes no pause
                .connectTimeout(PATIENT)
                .pool(PoolOptions.builder().maxBackoff(Duration.ofMillis(200)).build())
                .build());
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    Callable<Integer> caller =
        () -> {
          int failures = 0;
          while (System.nanoTime() - end < 0) {
            assertThatThrownBy(() -> EchoFixture.echo(client, "hi"))
                .isInstanceOfSatisfying(
                    RpcException.class, e -> assertThat(e.kind().isSafeToRetry()).isTrue());
            failures++;
          }
          return failures;
        };

    int failures = 0;
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : callers.invokeAll(Collections.nCopies(2000, caller))) {
        failures += call.get();
      }
    }

    var counters = client.pools().getFirst().counters();
    assertThat(failures).isGreaterThan(2000 - 1);
    assertThat(counters.dialsFailed()).isLessThan(60); // the first round of 32, then probes
    serve(address);
    await(() -> echoes(client));
  }

  @Test
  void makesAConnectionForEachCallIfAllAreShort() throws Exception {
    var client =
        toClose.keep(Client.builder(serve(anyPort()).address()).pool(PoolOptions.SHORT).build());

    for (int i = 0; i < 3; i++) {
      EchoFixture.echo(client, "hi");
    }

    assertThat(client.pools().getFirst().counters().dialled()).isEqualTo(3);
    await(() -> client.openConnections() == 0);
  }

  @Test
  void keepsSomeConnectionsThoughTheyAreUnused() throws Exception {
    var client =
        toClose.keep(
            Client.builder(serve(anyPort()).address())
                .pool(PoolOptions.builder().minIdle(2).idleTimeout(Duration.ofSeconds(2)).build())
                .build());
    client.warmUp(6, Duration.ofSeconds(10)).orThrow();

    await(() -> client.pools().getFirst().idle() == 2);

    assertThat(client.pools().getFirst().counters().dialled()).isEqualTo(6);
  }

  private static boolean echoes(Client client) {
    try {
      return EchoFixture.echo(client, "hi").equals("hi");
    } catch (RpcException e) { // not yet
      return false;
    }
  }

  private Server serve(SocketAddress address) throws IOException {
    return toClose.keep(
        Server.builder().address(address).service(EchoFixture.serve(text -> text)).start());
  }
}
