package io.windhover.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.Backend;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LogRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LifeCycleTest {

  private static final SocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final List<String> events = new ArrayList<>();

  @Test
  void logsTwoLinesOfItsStart() throws IOException {
    try (var log = new LogRecorder(Server.class.getName(), Level.INFO);
        var server = serve(UnaryOperator.identity()).start()) {
      var lines = log.drain("");

      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst())
          .startsWith(
              "INFO listening on %s by %s for Echo over Buffered, Framed, "
                  .formatted(server.address(), Backend.best().description()));
      assertThat(lines.getLast()).startsWith("INFO ready after ");
    }
  }

  @Test
  void goesStepByStep() throws IOException {
    var server =
        serve(UnaryOperator.identity())
            .onStart(it -> events.add("start 1, ready " + it.isReady() + ", " + answer(it)))
            .onStart(it -> events.add("start 2"))
            .onStop(it -> events.add("stop 1, ready " + it.isReady() + ", " + answer(it)))
            .onStop(it -> events.add("stop 2"))
            .onReadiness(ready -> events.add("ready " + ready))
            .start();
    assertThat(server.isReady()).isTrue();

    server.stop();
    server.stop();

    assertThat(events)
        .containsExactly(
            "start 1, ready false, hi",
            "start 2",
            "ready true",
            "stop 1, ready false, hi",
            "stop 2",
            "ready false");
    assertThat(server.isReady()).isFalse();
    assertThat(answer(server)).startsWith("NOT_SENT");
  }

  @Test
  void stopsWhenAStartHookFails() {
    var addresses = new ArrayList<SocketAddress>();
    var builder =
        serve(UnaryOperator.identity())
            .onStart(it -> addresses.add(it.address()))
            .onStart(
                it -> {
                  throw new IllegalStateException("no registry");
                })
            .onStop(it -> events.add("stop"))
            .onReadiness(ready -> events.add("ready " + ready));

    assertThatThrownBy(builder::start).hasMessage("no registry");

    assertThat(events).containsExactly("stop");
    assertThat(answer((InetSocketAddress) addresses.getFirst())).startsWith("NOT_SENT");
  }

  @Test
  void goesOnAfterAStopHookFails() throws IOException {
    var server =
        serve(UnaryOperator.identity())
            .onStop(
                it -> {
                  throw new IllegalStateException("no registry");
                })
            .onStop(it -> events.add("stop"))
            .start();

    server.stop();

    assertThat(events).containsExactly("stop");
  }

  @Test
  void goesOnWhateverAHookThrows() throws IOException {
    var server =
        serve(UnaryOperator.identity())
            .onReadiness(
                ready -> {
                  throw new LinkageError("ready " + ready);
                })
            .onStop(
                it -> {
                  throw new LinkageError("stop");
                })
            .onStop(it -> events.add("stop"))
            .start();

    server.stop();

    assertThat(events).containsExactly("stop");
    assertThat(answer(server)).startsWith("NOT_SENT");
  }

  @Test
  void isNotWaitedForByItsOwnStopHook() throws IOException {
    var server =
        serve(UnaryOperator.identity())
            .onStop(Server::stop)
            .onStop(Server::stopNow)
            .onStop(it -> events.add("stop"))
            .start();

    server.stop();

    assertThat(events).containsExactly("stop");
    assertThat(answer(server)).startsWith("NOT_SENT");
  }

  @Test
  void answersDuringTheStopDelay() throws Exception {
    var notReady = new CountDownLatch(1);
    var server =
        serve(UnaryOperator.identity())
            .stopDelay(Duration.ofMinutes(1))
            .onReadiness(
                ready -> {
                  if (!ready) {
                    notReady.countDown();
                  }
                })
            .start();
    var stop = Thread.ofVirtual().start(server::stop);
    notReady.await();

    assertThat(answer(server)).isEqualTo("hi");
    server.stopNow();
    stop.join();

    assertThat(answer(server)).startsWith("NOT_SENT");
  }

  @Test
  void stopsInTheMiddleOfItsStart() throws Exception {
    var inHook = new CompletableFuture<Server>();
    var started =
        async(
            () ->
                start(
                    serve(UnaryOperator.identity())
                        .onStart(
                            it -> {
                              inHook.complete(it);
                              waitForEver("");
                            })
                        .onStart(it -> events.add("too late"))
                        .onStop(it -> events.add("stop"))));

    inHook.get().stop();

    assertThat(started.get().isReady()).isFalse();
    started.get().awaitStop();
    assertThat(events).containsExactly("stop");
  }

  @Test
  void tellsCallersOfCallsThatTakeLongerThanItsStop() throws Exception {
    var running = new CountDownLatch(1);
    var server =
        serve(
                text -> {
                  running.countDown();
                  waitForEver(text);
                  throw new IllegalStateException("interrupted");
                })
            .stopTimeout(Duration.ofMillis(50))
            .start();
    try (var client = client(server)) {
      var call = async(() -> EchoFixture.echo(client, "hi"));
      running.await();

      server.stop();

      assertThat(call)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REMOTE))
          .withMessageContaining("Echo/echo was cancelled: the server stops");
    }
  }

  @Test
  void endsTheWaitingForCallsWhenItIsToStopNow() throws Exception {
    var running = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var server =
        serve(
                text -> {
                  running.countDown();
                  while (release.getCount() > 0) { // one that no interrupt ends
                    Thread.onSpinWait();
                  }
                  return text;
                })
            .stopTimeout(Duration.ofMinutes(1))
            .start();
    try (var client = client(server)) {
      var call = async(() -> EchoFixture.echo(client, "hi"));
      running.await();
      var stop = Thread.ofPlatform().start(server::stop);

      server.stopNow();

      stop.join();
      assertThat(call)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(RpcException.class);
      release.countDown();
    }
  }

  @Test
  void appliesSuites() throws IOException {
    ServerBuilder builder = serve(UnaryOperator.identity());

    try (var server =
        builder
            .suite("shouting", it -> it.middleware(next -> (call, text) -> next.call(call, text)))
            .suite("ours", it -> it.onStart(_ -> events.add("from a suite")))
            .start()) {
      assertThat(answer(server)).isEqualTo("hi");
    }
    assertThat(events).containsExactly("from a suite");
    assertThatThrownBy(
            () ->
                builder
                    .fallbackService(EchoFixture.serve("One", text -> text))
                    .suite("second", it -> it.fallbackService(EchoFixture.serve("Two", t -> t))))
        .hasMessage("suite second: fallbackService: One and Two (expected: one)");
  }

  @Test
  void keepsToTheLimitOfConnections() throws IOException {
    try (var server = serve(UnaryOperator.identity()).maxConnections(1).start();
        var first = client(server);
        var second = client(server)) {
      assertThat(EchoFixture.echo(first, "hi")).isEqualTo("hi");

      assertThatThrownBy(() -> EchoFixture.echo(second, "hi")).isInstanceOf(RpcException.class);
      assertThat(EchoFixture.echo(first, "hi")).isEqualTo("hi");
    }
  }

  @Test
  void sharesItsPort() throws IOException {
    try (var old = serve(text -> "old").sharesPort(true).start();
        var next = serve(text -> "new").sharesPort(true).address(old.address()).start()) {
      assertThat(next.port()).isEqualTo(old.port());

      old.stop();

      assertThat(answer(next)).isEqualTo("new");
    }
  }

  private static ServerBuilder serve(UnaryOperator<String> handler) {
    return Server.builder().address(ANY).service(EchoFixture.serve(handler));
  }

  private static Server start(ServerBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String answer(Server server) {
    return answer((InetSocketAddress) server.address());
  }

  private static String answer(InetSocketAddress address) {
    try (var client = Client.builder(address).build()) {
      return EchoFixture.echo(client, "hi");
    } catch (RpcException e) {
      return e.kind() + ": " + e.getMessage();
    }
  }

  private static Client client(Server server) {
    return Client.builder(server.address())
        .protocol(Protocol.TTHEADER)
        .timeout(Duration.ofSeconds(15))
        .build();
  }

  private static <T> CompletableFuture<T> async(Supplier<T> supplier) {
    return CompletableFuture.supplyAsync(supplier, task -> Thread.ofPlatform().start(task));
  }

  private static String waitForEver(String text) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text;
  }
}
