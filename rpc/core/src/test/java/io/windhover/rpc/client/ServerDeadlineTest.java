package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.AsyncCalls;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import io.windhover.rpc.wire.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a server does about deadlines, over real connections.
@Timeout(20)
final class ServerDeadlineTest {

  private static final Duration LONG = Duration.ofSeconds(15);

  @Test
  void endsTheHandlerWhenItsCallerHasGivenUp() throws Exception {
    var ended = new CountDownLatch(1);
    try (var server = serve(text -> waitForEver(ended)).start();
        var client = client(server, Protocol.TTHEADER, Duration.ofMillis(100))) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));

      ended.await();
    }
  }

  @Test
  void tellsACallerThatWouldHaveWaitedLonger() throws IOException {
    var ended = new CountDownLatch(1);
    try (var server = serve(text -> waitForEver(ended)).maxTimeout(Duration.ofMillis(50)).start();
        var client = client(server, Protocol.FRAMED, LONG)) {
      assertThatThrownBy(() -> EchoFixture.echo(client, ""))
          .isInstanceOfSatisfying(
              RpcException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
                assertThat(e.remoteCode()).isEqualTo(ErrorCode.DEADLINE_PASSED.number());
              })
          .hasMessageContaining("the deadline passed while Echo/echo ran");
    }
  }

  @Test
  void endsWhatTheHandlerCallsToo() throws Exception {
    var nested = new CompletableFuture<RpcException>();
    try (var last = serve(text -> waitForEver(new CountDownLatch(1))).start();
        var onward = client(last, Protocol.FRAMED, LONG);
        var first =
            serve(
                    text -> {
                      try {
                        return EchoFixture.echo(onward, text);
                      } catch (RpcException e) {
                        nested.complete(e);
                        throw e;
                      }
                    })
                .start();
        var client = client(first, Protocol.TTHEADER, Duration.ofMillis(100))) {
      assertThatThrownBy(() -> EchoFixture.echo(client, "")).isInstanceOf(RpcException.class);

      assertThat(nested.get().kind()).isIn(Kind.CANCELLED, Kind.TIMEOUT);
    }
  }

  @Test
  void endsWhatTheHandlerCallsOnOtherThreads() throws Exception {
    var nested = new CompletableFuture<Throwable>();
    try (var last = serve(text -> waitForEver(new CountDownLatch(1))).start();
        var onward = client(last, Protocol.FRAMED, LONG);
        var first =
            serve(
                    text -> {
                      AsyncCalls.call(() -> EchoFixture.echo(onward, text))
                          .whenComplete((_, failure) -> nested.complete(failure));
                      return waitForEver(new CountDownLatch(1));
                    })
                .start();
        var client = client(first, Protocol.TTHEADER, Duration.ofMillis(100))) {
      assertThatThrownBy(() -> EchoFixture.echo(client, "")).isInstanceOf(RpcException.class);

      assertThat(nested.get())
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isIn(Kind.CANCELLED, Kind.TIMEOUT));
    }
  }

  @Test
  void callsNobodyOnceItIsCancelled() throws Exception {
    var nested = new CompletableFuture<Throwable>();
    try (var last = serve(UnaryOperator.identity()).start();
        var onward = client(last, Protocol.FRAMED, LONG);
        var first =
            serve(
                    text -> {
                      waitForEver(new CountDownLatch(1));
                      Thread.interrupted(); // as one that does not care
                      try {
                        return EchoFixture.echo(onward, text);
                      } catch (RpcException e) {
                        nested.complete(e);
                        throw e;
                      }
                    })
                .start();
        var client = client(first, Protocol.TTHEADER, Duration.ofMillis(100))) {
      assertThatThrownBy(() -> EchoFixture.echo(client, "")).isInstanceOf(RpcException.class);

      assertThat(nested.get()).hasMessageContaining("the call being handled has been cancelled");
    }
  }

  private static ServerBuilder serve(UnaryOperator<String> handler) {
    return Server.builder().port(0).stopTimeout(Duration.ZERO).service(EchoFixture.serve(handler));
  }

  private static Client client(Server server, Protocol protocol, Duration timeout) {
    return Client.builder("127.0.0.1:" + server.port()).protocol(protocol).timeout(timeout).build();
  }

  /// Until an interrupt.
  private static String waitForEver(CountDownLatch ended) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.countDown();
    return "";
  }
}
