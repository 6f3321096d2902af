package io.windhover.rpc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.server.Server;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Half a minute in milliseconds, over real sockets.
@Timeout(20)
final class ClientTimeTest {

  private static final Method<Signature> REPORT =
      new Method<>("report", false, Signature.builder().returns(Scalars.I32).build());
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private final VirtualTime time = new VirtualTime();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final Operation operation =
      new Operation(REPORT, (_, request) -> REPORT.codec().run(request, _ -> answer()));

  private int answer() {
    try {
      mayAnswer.await(15, TimeUnit.SECONDS);
    } catch (InterruptedException e) { // the caller has gone
      Thread.currentThread().interrupt();
    }
    return 42;
  }

  @AfterEach
  void answerAll() {
    mayAnswer.countDown();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void endsACallAtItsDeadline(int multiplexed) throws Exception {
    try (var server = serve();
        var client = client(server, multiplexed).timeout(HALF_A_MINUTE).build()) {
      var report = report(client, CallOptions.NONE);
      time.awaitWaiting(1);

      time.advance(HALF_A_MINUTE.minusSeconds(1));
      assertThat(report).isNotDone();
      time.advance(Duration.ofSeconds(1));

      assertThat(failure(report).kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void answersWithoutTimePassing(int multiplexed) throws Exception {
    try (var server = serve();
        var client = client(server, multiplexed).build()) {
      var report = report(client, CallOptions.NONE);
      time.awaitWaiting(1);

      mayAnswer.countDown();

      assertThat(report.get(10, TimeUnit.SECONDS)).isEqualTo(42);
    }
  }

  @Test
  void endsTheWaitForAConnection() throws Exception {
    try (var server = serve();
        var client = client(server, 0).maxConnections(1).build()) {
      var first = report(client, timeout(Duration.ofMinutes(1)));
      time.awaitWaiting(1);
      var second = report(client, timeout(HALF_A_MINUTE));
      time.awaitWaiting(2);

      time.advance(HALF_A_MINUTE);

      assertThat(failure(second).kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure(second)).hasMessageContaining("all 1 connections are in use");
      assertThat(first).isNotDone();
      mayAnswer.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(42);
    }
  }

  @Test
  void lendsAConnectionToWhoWaits() throws Exception {
    try (var server = serve();
        var client = client(server, 0).maxConnections(1).build()) {
      var reports =
          Stream.generate(() -> report(client, timeout(HALF_A_MINUTE))).limit(10).toList();
      time.awaitWaiting(10);

      mayAnswer.countDown();

      for (var report : reports) {
        assertThat(report.get(10, TimeUnit.SECONDS)).isEqualTo(42);
      }
    }
  }

  @Test
  void endsTheWaitForRoomOnASharedConnection() throws Exception {
    int room = 1024;
    try (var server = serve();
        var client = client(server, 1).build()) {
      client.warmUp(1, HALF_A_MINUTE).orThrow(); // else some wait for it, and not for an answer
      var reports =
          IntStream.range(0, room)
              .mapToObj(_ -> report(client, timeout(Duration.ofMinutes(1))))
              .toList();
      time.awaitWaiting(room);
      var late = report(client, timeout(HALF_A_MINUTE));
      time.awaitWaiting(room + 1);

      time.advance(HALF_A_MINUTE);

      assertThat(failure(late).kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure(late)).hasMessageContaining("carry 1024 calls each");
      mayAnswer.countDown();
      for (var report : reports) {
        assertThat(report.get(10, TimeUnit.SECONDS)).isEqualTo(42);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void pausesBetweenDials(int multiplexed) throws Exception {
    try (var client = client(closedPort(), multiplexed).build()) {
      assertThat(failure(report(client, CallOptions.NONE)).kind()).isEqualTo(Kind.NOT_SENT);
      for (int i = 0; i < 3; i++) {
        assertThat(failure(report(client, CallOptions.NONE)))
            .hasMessageContaining("the next try is in");
      }

      time.advance(Duration.ofSeconds(1));

      assertThat(failure(report(client, CallOptions.NONE)).kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(client.pools().getFirst().counters().dialsFailed()).isEqualTo(2);
    }
  }

  private static CallOptions timeout(Duration timeout) {
    return CallOptions.builder().timeout(timeout).build();
  }

  private static CompletableFuture<Integer> report(Client client, CallOptions options) {
    return CompletableFuture.supplyAsync(
        () ->
            ((Result) client.with(options).call("Shop", REPORT, REPORT.codec().arguments()))
                .<Integer>orThrow(),
        task -> Thread.ofVirtual().start(task));
  }

  private static RpcException failure(CompletableFuture<Integer> report) throws Exception {
    return (RpcException)
        report.handle((_, failure) -> failure.getCause()).get(10, TimeUnit.SECONDS);
  }

  private Server serve() throws IOException {
    return Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .defaultTimeout(Duration.ofMinutes(1))
        .stopTimeout(Duration.ZERO)
        .service(new Service("Shop", List.of(operation)))
        .start();
  }

  private ClientBuilder client(Server server, int multiplexed) {
    return client((InetSocketAddress) server.address(), multiplexed);
  }

  private ClientBuilder client(InetSocketAddress address, int multiplexed) {
    var builder = Client.builder(address).time(time);
    return multiplexed == 0
        ? builder
        : builder.protocol(Protocol.TTHEADER).multiplexed(multiplexed);
  }

  private static InetSocketAddress closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }
}
