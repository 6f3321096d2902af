package io.windhover.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LogRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On which threads calls run, over real connections.
@Timeout(20)
final class CallThreadsTest {

  private static final int EXCLUSIVE = 0;
  private static final int MULTIPLEXED = 1;
  private static final CallOptions IMPATIENT =
      CallOptions.builder().timeout(Duration.ofMillis(200)).build();

  @ParameterizedTest
  @ValueSource(ints = {EXCLUSIVE, MULTIPLEXED})
  void runsCallsOnTheirPollerIfAsked(int connections) throws IOException {
    try (var server = start(true, _ -> Thread.currentThread().getName());
        var client = client(server, connections)) {
      for (int i = 0; i < 3; i++) {
        assertThat(EchoFixture.echo(client, "")).startsWith("windhover-poller-");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {EXCLUSIVE, MULTIPLEXED})
  void runsCallsOnVirtualThreadsOtherwise(int connections) throws IOException {
    try (var server = start(false, _ -> Thread.currentThread().getName());
        var client = client(server, connections)) {
      assertThat(EchoFixture.echo(client, "")).isEqualTo("windhover-call");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {EXCLUSIVE, MULTIPLEXED})
  void goesOnAfterAHandlerThatFails(int connections) throws IOException {
    UnaryOperator<String> handler =
        text -> {
          if (text.equals("bad")) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(text);
          }
          return text;
        };
    try (var server = start(true, handler);
        var client = client(server, connections);
        var another = client(server, connections)) {
      assertThatThrownBy(() -> EchoFixture.echo(client, "bad")).isInstanceOf(RpcException.class);

      assertThat(EchoFixture.echo(client, "good")).isEqualTo("good");
      assertThat(EchoFixture.echo(another, "good")).isEqualTo("good");
    }
  }

  @Test
  void freesThePollerOfAHandlerThatWaitsBeyondItsDeadlineAndSaysSo() throws Exception {
    UnaryOperator<String> handler =
        text -> {
          if (text.equals("wait")) {
            await(new CountDownLatch(1));
          }
          return text;
        };
    try (var log = new LogRecorder(CallThreads.class.getName());
        var server = start(true, handler);
        var client = client(server, MULTIPLEXED)) {
      var impatient = client.with(IMPATIENT);
      assertThatThrownBy(() -> EchoFixture.echo(impatient, "wait"))
          .isInstanceOf(RpcException.class);

      assertThat(EchoFixture.echo(client, "next")).isEqualTo("next");
      assertThat(log.drain("")).singleElement().asString().contains("not for runOnPollers");
    }
  }

  @Test
  void leavesNoInterruptOfAHandlerOnThePoller() {
    var threads = CallThreads.onPollers();

    threads.run(new MemoryConnection(), () -> Thread.currentThread().interrupt());

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void saysOnceASecondThatCallsHoldUpAPoller() {
    var nanos = new AtomicLong();
    var threads = new CallThreads.OnPollers(nanos::get);
    try (var log = new LogRecorder(CallThreads.class.getName())) {
      for (int i = 0; i < 10; i++) {
        threads.run(
            new MemoryConnection(), () -> nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(30)));
      }
      assertThat(log.drain("")).singleElement().asString().contains("for 30 ms");

      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      threads.run(new MemoryConnection(), () -> nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(30)));

      assertThat(log.drain("")).singleElement().asString().contains("9 more");
    }
  }

  @Test
  void saysNothingOfShortCalls() {
    var nanos = new AtomicLong();
    var threads = new CallThreads.OnPollers(nanos::get);
    try (var log = new LogRecorder(CallThreads.class.getName())) {
      threads.run(new MemoryConnection(), () -> nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(20)));

      assertThat(log.drain("")).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Server start(boolean runOnPollers, UnaryOperator<String> handler)
      throws IOException {
    return Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .service(EchoFixture.serve(handler))
        .runOnPollers(runOnPollers)
        .start();
  }

  private static Client client(Server server, int multiplexed) {
    ClientBuilder builder =
        Client.builder("127.0.0.1:" + server.port())
            .protocol(Protocol.TTHEADER)
            .timeout(Duration.ofSeconds(10));
    return multiplexed == 0 ? builder.build() : builder.multiplexed(multiplexed).build();
  }
}
