package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.fixture.ChatFixture;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LocalAddress;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls that wait for a server which is not there.
@Timeout(30)
final class WaitForReadyTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  record Way(String name, UnaryOperator<ClientBuilder> options) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        new Way("a connection for each call", it -> it),
        new Way("shared connections", it -> it.protocol(Protocol.TTHEADER).multiplexed(1)),
        new Way("a pool of the user's", it -> it.pools(GivenPoolTest.ShortPool::new)));
  }

  @RegisterExtension final ToClose toClose = new ToClose();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final InetSocketAddress address;

  WaitForReadyTest() throws IOException {
    this.address = LocalAddress.closedPort();
  }

  @AfterEach
  void close() {
    callers.close();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void reachTheServerThatComesUpLater(Way way) throws Exception {
    var client = client(way.options);
    var call = new FutureTask<>(() -> EchoFixture.echo(client, "hi"));
    var caller = Thread.ofPlatform().start(call);
    await(() -> caller.getState() == Thread.State.TIMED_WAITING);

    toClose.keep(ChatFixture.start(address));

    assertThat(call.get()).isEqualTo("hi");
  }

  @Test
  void letManyWait() throws Exception {
    var client = client(it -> it);
    var calls =
        Stream.generate(() -> callers.submit(() -> EchoFixture.echo(client, "hi")))
            .limit(50)
            .toList();
    await(() -> waiting(client) == 50 - 1 || waiting(client) == 50); // one of them may dial

    toClose.keep(ChatFixture.start(address));

    for (var call : calls) {
      assertThat(call.get()).isEqualTo("hi");
    }
    var counters = client.pools().getFirst().counters();
    assertThat(counters.refused()).as("of those that came in a pause").isLessThanOrEqualTo(50);
  }

  @Test
  void streamsWaitToo() throws Exception {
    var client = client(it -> it);
    var chat =
        callers.submit(
            () -> {
              try (var stream = ChatFixture.chat(client)) {
                stream.send(new Text("hi"));
                return stream.receive();
              }
            });
    await(() -> waiting(client) == 1);

    toClose.keep(ChatFixture.start(address));

    assertThat(chat.get()).contains(new Text("hi"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void sayAtTheirDeadlineWhatTheyWaitedFor(Way way) {
    var client = client(it -> way.options.apply(it).timeout(Duration.ofMillis(300)));

    var failure = catchThrowableOfType(RpcException.class, () -> EchoFixture.echo(client, "hi"));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure.stage()).isEqualTo(Stage.CONNECT);
    assertThat(failure.isDeadlinePassed()).isTrue();
    assertThat(failure.elapsed())
        .hasValueSatisfying(it -> assertThat(it).isBetween(Duration.ofMillis(300), LONG));
    assertThat(failure)
        .hasMessageContaining("waited for a connection until the deadline: connection refused")
        .hasMessageEndingWith("Is the server running, and is this its address?");
  }

  @Test
  void streamsWithoutADeadlineWaitForAsLongAsACallMayTake() {
    var client = client(it -> it.timeout(Duration.ofMillis(300)));

    var failure = catchThrowableOfType(RpcException.class, () -> ChatFixture.chat(client));

    assertThat(failure).hasMessageContaining("waited for a connection until the deadline");
  }

  @Test
  void mayBeToldNotToWait() {
    var hasty = client(it -> it).with(CallOptions.builder().waitForReady(false).build());

    var failure = catchThrowableOfType(RpcException.class, () -> EchoFixture.echo(hasty, "hi"));

    assertThat(failure).hasMessageContaining(": connection refused");
    assertThat(failure.isDeadlinePassed()).isFalse();
  }

  @Test
  void mayBeToldToWaitOneByOne() throws Exception {
    var client = client(it -> it.waitForReady(false));
    var patient = client.with(CallOptions.builder().waitForReady(true).build());
    var call = callers.submit(() -> EchoFixture.echo(patient, "hi"));
    await(() -> waiting(client) == 1);

    toClose.keep(ChatFixture.start(address));

    assertThat(call.get()).isEqualTo("hi");
  }

  @Test
  void endWithTheirClient() throws Exception {
    var client = client(it -> it);
    var call =
        callers.submit(
            () -> catchThrowableOfType(RpcException.class, () -> EchoFixture.echo(client, "hi")));
    await(() -> waiting(client) == 1);

    client.close();

    assertThat(call.get()).hasMessageContaining("this client is closed");
  }

  static Stream<Way> ownPools() {
    return ways().limit(2);
  }

  /// And do not connect it anew.
  @ParameterizedTest
  @MethodSource("ownPools")
  void endWithTheirAddress(Way way) throws Exception {
    var client = client(way.options);
    var call =
        callers.submit(
            () -> catchThrowableOfType(RpcException.class, () -> EchoFixture.echo(client, "hi")));
    await(() -> waiting(client) == 1);

    client.removeAddress(address);

    assertThat(call.get().kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(call.get()).hasMessageContaining("the address was removed from this client");
    assertThat(client.openConnections()).isZero();
  }

  @Test
  void endWithTheirThread() throws Exception {
    var client = client(it -> it);
    var call =
        new FutureTask<>(
            () -> catchThrowableOfType(RpcException.class, () -> EchoFixture.echo(client, "hi")));
    var caller = Thread.ofVirtual().start(call);
    await(() -> waiting(client) == 1);

    caller.interrupt();

    assertThat(call.get().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(waiting(client)).isZero();
  }

  private Client client(UnaryOperator<ClientBuilder> more) {
    var builder = Client.builder(address).timeout(LONG).waitForReady(true);
    return toClose.keep(more.apply(builder).build());
  }

  private static int waiting(Client client) {
    return client.pools().stream().mapToInt(PoolState::waiting).sum();
  }
}
