package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.LocalAddress.anyPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.wire.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What callers get whose calls are interrupted by the end of their server: its word.
@Timeout(20)
final class StoppedServerTest {

  private final CountDownLatch running = new CountDownLatch(2);

  @Test
  void tellsTheCallersOfAMultiplexedConnection() throws Exception {
    try (var server = serve();
        var client =
            Client.builder("127.0.0.1:" + server.port())
                .protocol(Protocol.TTHEADER)
                .multiplexed(1)
                .timeout(Duration.ofSeconds(15))
                .build()) {
      var first = call(client);
      var second = call(client);
      running.await();

      server.stop();

      assertTold(first);
      assertTold(second);
    }
  }

  @Test
  void tellsCallersInProcess() throws Exception {
    try (var server = serve()) {
      var patient = CallOptions.builder().timeout(Duration.ofSeconds(15)).build();
      var first = call(server.inProcess().with(patient));
      var second = call(server.inProcess().with(patient));
      running.await();

      server.stop();

      assertTold(first);
      assertTold(second);
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> EchoFixture.echo(server.inProcess(), "late"))
          .withMessageContaining("this server is stopping")
          .satisfies(e -> assertThat(e.isSafeToRetry()).isTrue());
    }
  }

  private Server serve() throws IOException {
    return Server.builder()
        .address(anyPort())
        .service(EchoFixture.serve(this::waitForEver))
        .stopTimeout(Duration.ofMillis(300))
        .start();
  }

  private String waitForEver(String text) {
    running.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return text;
  }

  private static CompletableFuture<String> call(Caller caller) {
    var reply = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                reply.complete(EchoFixture.echo(caller, "hi"));
              } catch (RuntimeException e) {
                reply.completeExceptionally(e);
              }
            });
    return reply;
  }

  private static void assertTold(CompletableFuture<String> call) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> call.get(10, TimeUnit.SECONDS))
        .havingCause()
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.REMOTE);
              assertThat(e.remoteCode()).isEqualTo(ErrorCode.STOPPED.number());
            })
        .withMessageContaining("Echo/echo was cancelled: the server stops");
  }
}
