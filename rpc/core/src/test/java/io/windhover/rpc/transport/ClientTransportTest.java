package io.windhover.rpc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Compression;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Method;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.fixture.BoxFrame;
import io.windhover.rpc.fixture.EventRecorder;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.MemoryPool;
import io.windhover.rpc.fixture.PlainTextPayload;
import io.windhover.rpc.fixture.TagServer;
import io.windhover.rpc.fixture.TagTransport;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.ToClose;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A protocol of others in the place of a client's own, over real sockets.
@Timeout(20)
final class ClientTransportTest {

  private static final Method<String> ECHO = new Method<>("echo", false, "text");
  private static final Method<String> CHAT = new Method<>("chat", Method.Kind.BIDI_STREAM, "text");

  @RegisterExtension final ToClose toClose = new ToClose();

  @Test
  void carriesCallsThroughMiddlewareAndTellsListeners() throws Exception {
    var seen = new LinkedBlockingQueue<String>();
    var events = new EventRecorder();
    var client =
        client(
            server(),
            it ->
                it.listener(events)
                    .middleware(
                        next ->
                            (invocation, request) -> {
                              seen.add(invocation.name());
                              return next.call(invocation, request);
                            }));

    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi");

    assertThat(seen).containsExactly("Echo/echo");
    assertThat(events.events(6))
        .containsExactly(
            "started Echo/echo", "attempting", "connected", "sent 10", "received 2", "ended null");
  }

  @Test
  void carriesStreamsOnTheConnectionsOfCalls() throws Exception {
    var server = server();
    var client = client(server);
    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi");

    var stream = client.open("Echo", CHAT);
    stream.send("one");
    assertThat(stream.receive()).contains("one");
    stream.end();

    assertThat(stream.receive()).isEmpty();
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void triesElsewhereWhatTheServerHasNotBegun() throws Exception {
    var server = server();
    server.refuse(1);
    var client = client(server);

    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi");

    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void givesUpIfNoConnectionBegins() throws Exception {
    var server = server();
    server.refuse(Integer.MAX_VALUE);
    var client = client(server);

    assertThatThrownBy(() -> client.call("Echo", ECHO, "hi"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.NOT_SENT);
              assertThat(e.stage()).isEqualTo(Stage.SEND);
            })
        .hasMessageContaining("the server has not begun")
        .hasMessageContaining("safe to retry");
  }

  @Test
  void endsCallsAtTheirDeadline() throws Exception {
    var server = server();
    server.fallSilent();
    var client = client(server, it -> it.timeout(Duration.ofMillis(200)));

    assertThatThrownBy(() -> client.call("Echo", ECHO, "hi"))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
  }

  @Test
  void endsCallsWhoseThreadIsInterrupted() throws Exception {
    var server = server();
    server.fallSilent();
    var client = client(server, it -> it.timeout(Duration.ofSeconds(20)));
    var failed = new CompletableFuture<Throwable>();
    var caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    client.call("Echo", ECHO, "hi");
                  } catch (RpcException e) {
                    failed.complete(e);
                  }
                });
    assertThat(server.heard().await(10, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();

    assertThat(failed)
        .succeedsWithin(Duration.ofSeconds(10))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
  }

  @Test
  void hasAnotherConnectionOnceOneCarriesMany() throws Exception {
    var server = server();
    var client = client(server, it -> it.streamConnections(2));
    for (int i = 0; i < 64; i++) {
      client.open("Echo", CHAT);
    }
    assertThat(client.openConnections()).isEqualTo(1);

    client.open("Echo", CHAT); // makes another one wanted

    Eventually.await(() -> server.accepted() == 2);
    Eventually.await(
        () -> {
          client.open("Echo", CHAT).cancel();
          return server.opened().stream().anyMatch(line -> line.startsWith("2 "));
        });
    assertThat(client.openConnections()).isEqualTo(2);
  }

  @Test
  void leavesAConnectionWhenItsLastStreamHasEnded() throws Exception {
    var server = server();
    var client = client(server);
    var stream = client.open("Echo", CHAT);
    stream.send("one");
    assertThat(stream.receive()).contains("one");

    client.removeAddress(server.address());
    stream.send("two");

    assertThat(stream.receive()).contains("two");
    assertThat(server.gone().getCount()).isEqualTo(1);
    stream.end();
    assertThat(stream.receive()).isEmpty();
    assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void warmsUpAsManyConnectionsAsStreamsMayHave() throws Exception {
    var client = client(server(), it -> it.streamConnections(3));

    client.warmUp(3, Duration.ofSeconds(10)).orThrow();

    assertThat(client.openConnections()).isEqualTo(3);
    assertThatThrownBy(() -> client.warmUp(4, Duration.ofSeconds(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("connections: 4");
  }

  @Test
  void carriesMetadata() throws Exception {
    var client = client(server(), it -> it.metadata(Metadata.of("tenant", "blue")));

    assertThat(client.call("Echo", ECHO, "hi")).isEqualTo("hi");
  }

  @Test
  void isNamedByTheClientsOptions() throws Exception {
    assertThat(client(server()).explain())
        .containsPattern("transport +tags +client")
        .containsPattern("streamWindowBytes +that of transport")
        .doesNotContainPattern("protocol +tags");
  }

  @Test
  void refusesMethodsOfAnotherFamily() throws Exception {
    var client = client(server());

    assertThatThrownBy(() -> client.call("Echo", new Method<>("echo", false, Text.CALL), "hi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Echo/echo is not a method that tags carries");
  }

  record Conflict(String name, UnaryOperator<ClientBuilder> option) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Conflict> conflicts() {
    return Stream.of(
        new Conflict("multiplexed", it -> it.protocol(Protocol.TTHEADER).multiplexed(1)),
        new Conflict("checksums", it -> it.protocol(Protocol.TTHEADER).checksums(true)),
        new Conflict(
            "compression", it -> it.protocol(Protocol.TTHEADER).compression(Compression.GZIP, 1)),
        new Conflict("frameCodec", it -> it.frameCodec(new BoxFrame())),
        new Conflict("payloadCodec", it -> it.payloadCodec(new PlainTextPayload())),
        new Conflict("pools", it -> it.pools((_, _) -> new MemoryPool())));
  }

  @ParameterizedTest
  @MethodSource("conflicts")
  void isNotForWhatOnlyTheBuiltInProtocolsHave(Conflict conflict) {
    var builder = Client.builder("localhost:1").transport(new TagTransport());

    assertThatThrownBy(() -> conflict.option.apply(builder).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("transport: tags with");
  }

  private TagServer server() throws IOException {
    return toClose.keep(new TagServer());
  }

  private Client client(TagServer server) {
    return client(server, it -> it);
  }

  private Client client(TagServer server, UnaryOperator<ClientBuilder> options) {
    var builder =
        Client.builder(server.address())
            .transport(new TagTransport())
            .timeout(Duration.ofSeconds(10));
    return toClose.keep(options.apply(builder).build());
  }
}
