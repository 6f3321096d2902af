package io.windhover.rpc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.fixture.TagServer;
import io.windhover.rpc.fixture.TagTransport;
import io.windhover.rpc.fixture.ThrowingConnection;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.wire.Guard;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients whose transport does not as it should, over real sockets.
@Timeout(30)
final class BrokenClientTransportTest {

  private static final Method<String> ECHO = new Method<>("echo", false, "text");
  private static final Method<String> CHAT = new Method<>("chat", Method.Kind.BIDI_STREAM, "text");

  @RegisterExtension final ToClose toClose = new ToClose();

  private final RuntimeException oops = new IllegalStateException("oops");

  record Mistake(String where, Throwable thrown, Kind kind) {
    @Override
    public String toString() {
      return where + " " + thrown.getClass().getSimpleName();
    }
  }

  static List<Mistake> mistakes() {
    return List.of(
        new Mistake("opened", new IllegalStateException("oops"), Kind.NOT_SENT),
        new Mistake("opened", new AssertionError("oops"), Kind.NOT_SENT),
        new Mistake("awaitReady", new IllegalStateException("oops"), Kind.NOT_SENT),
        new Mistake("awaitReady", new AssertionError("oops"), Kind.NOT_SENT),
        new Mistake("isOpen", new IllegalStateException("oops"), Kind.NOT_SENT),
        new Mistake("call", new IllegalStateException("oops"), Kind.DISCONNECTED),
        new Mistake("call", new NoClassDefFoundError("oops"), Kind.DISCONNECTED));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsCallersWhichTransportFailedWhere(Mistake mistake) throws Exception {
    var server = server();
    var client = client(server, it -> new ThrowingConnection(it, mistake.where, mistake.thrown));

    var failure = failure(client);

    assertThat(failure.kind()).isEqualTo(mistake.kind);
    assertThat(failure)
        .hasMessageContaining("Echo/echo")
        .hasMessageContaining("transport tags failed in " + mistake.where + ": " + mistake.thrown);
    assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tellsWhoOpensAStream() throws Exception {
    var client = client(server(), it -> new ThrowingConnection(it, "open", oops));

    var failure = catchThrowableOfType(RpcException.class, () -> client.open("Echo", CHAT));

    assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(failure)
        .hasMessageContaining("transport tags failed in open: " + oops)
        .hasMessageContaining("Does the transport(...) of this client do as its interface says?")
        .hasRootCause(oops);
  }

  @ParameterizedTest
  @ValueSource(strings = {"frameBytes", "received"})
  void endsTheCallsOfAConnectionThatCannotRead(String where) throws Exception {
    var client = client(server(), brokenAtFirst(where));

    try (var log = new LogRecorder(Guard.class.getName())) {
      assertThat(failure(client)).hasMessageContaining("the server failed"); // the transport's word

      assertThat(log.await("transport tags failed in " + where)).startsWith("WARNING");
    }
    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi"); // on another connection
  }

  @ParameterizedTest
  @ValueSource(strings = {"isBusy", "heldBytes", "swept"})
  void leavesAConnectionThatFailsBesideItsCalls(String where) throws Exception {
    var server = server();
    var client = client(server, brokenAtFirst(where));
    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi");

    assertThat(server.gone().await(20, TimeUnit.SECONDS)).isTrue();

    Eventually.await(() -> client.openConnections() == 0);
    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi");
  }

  @Test
  void goesOnWithoutAConnectionThatDoesNotSayHowBusyItIs() throws Exception {
    var server = server();
    var client = client(server, brokenAtFirst("load"));
    assertThat(client.call("Echo", ECHO, "one")).isEqualTo("one");

    assertThat(client.call("Echo", ECHO, "two")).isEqualTo("two");

    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "closed"})
  void letsAnAddressGo(String where) throws Exception {
    var server = server();
    var client = client(server, it -> new ThrowingConnection(it, where, oops));
    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi");

    try (var log = new LogRecorder(Guard.class.getName())) {
      client.removeAddress(server.address());

      assertThat(log.await("transport tags failed in " + where)).startsWith("WARNING");
    }
    assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi");
  }

  @Test
  void tellsCallersThatItDoesNotKnowItsMethods() throws Exception {
    var client =
        toClose.keep(
            Client.builder(server().address())
                .transport(
                    new ForwardingTransport(it -> it) {
                      @Override
                      public boolean carries(Method<?> method) {
                        throw new AssertionError("no table");
                      }
                    })
                .build());

    var failure = failure(client);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("transport tags failed in carries");
  }

  @Test
  void tellsCallersThatItMakesNoConnection() throws Exception {
    var client =
        client(
            server(),
            _ -> {
              throw oops;
            });

    for (int i = 0; i < 2; i++) {
      var failure = failure(client);
      assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure).hasMessageContaining("transport tags failed in connection: " + oops);
    }
    assertThat(client.openConnections()).isZero();
  }

  private static RpcException failure(Client client) {
    return catchThrowableOfType(RpcException.class, () -> client.call("Echo", ECHO, "hi"));
  }

  private UnaryOperator<CallingConnection> brokenAtFirst(String where) {
    var made = new AtomicInteger();
    return it -> made.incrementAndGet() == 1 ? new ThrowingConnection(it, where, oops) : it;
  }

  private TagServer server() throws Exception {
    return toClose.keep(new TagServer());
  }

  /// @param made what becomes of each connection
  private Client client(TagServer server, UnaryOperator<CallingConnection> made) {
    return toClose.keep(
        Client.builder(server.address())
            .transport(new ForwardingTransport(made))
            .timeout(Duration.ofSeconds(10))
            .build());
  }

  private static class ForwardingTransport implements ClientTransport {
    private final TagTransport next = new TagTransport();
    private final UnaryOperator<CallingConnection> made;

    ForwardingTransport(UnaryOperator<CallingConnection> made) {
      this.made = made;
    }

    @Override
    public String name() {
      return next.name();
    }

    @Override
    public boolean carries(Method<?> method) {
      return next.carries(method);
    }

    @Override
    public CallingConnection connection(Use use) {
      return made.apply(next.connection(use));
    }
  }
}
