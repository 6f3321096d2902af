package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.LocalAddress.anyPort;
import static io.windhover.rpc.fixture.LocalAddress.closedPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.netpoll.testing.ScriptedPeer;
import io.windhover.netpoll.tls.ClientAuthentication;
import io.windhover.netpoll.tls.TlsCredentials;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.Service;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Identity;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.TestNames;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.dispatch.Dispatcher;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What newcomers do wrong, and what the client says: its message alone names cause and cure.
/// `docs/guides/errors.md` shows each message.
@Timeout(20)
final class MistakesTest {

  private static final String REQUEST_BYTES = "x".repeat(4000);

  private static final Duration PATIENT = Duration.ofSeconds(10);

  /// Makes a mistake, and so fails.
  @FunctionalInterface
  interface Scene {
    void play(MistakesTest on) throws Exception;
  }

  enum Mistake {
    SERVER_DOWN(
        on -> EchoFixture.echo(on.client(closedPort()), "hi"),
        "NOT_SENT at CONNECT calling Echo/echo on 127.0.0.1:PORT: connection refused (after N ms,"
            + " safe to retry). Is the server running, and is this its address?"),
    SERVER_STILL_DOWN(
        on -> {
          var client = on.client(closedPort());
          var _ = catchThrowableOfType(RpcException.class, () -> EchoFixture.echo(client, "hi"));
          EchoFixture.echo(client, "hi");
        },
        "NOT_SENT at CONNECT calling Echo/echo on 127.0.0.1:PORT: connection refused N ms ago;"
            + " the next try is in N ms (after N ms, safe to retry). Is the server running, and is"
            + " this its address?"),
    UNKNOWN_HOST(
        on -> EchoFixture.echo(on.toClose.keep(Client.to(TestNames.UNKNOWN + ":1")), "hi"),
        "NOT_SENT at CONNECT calling Echo/echo on unknown.windhover.test:PORT: unknown host"
            + " unknown.windhover.test (after N ms, safe to retry). Check the host"
            + " name"),
    HTTP_PORT(
        on -> EchoFixture.echo(on.client(on.answering("HTTP/1.1 400 Bad Request\r\n\r\n")), "hi"),
        "PROTOCOL at READ_REPLY calling Echo/echo on 127.0.0.1:PORT: the reply cannot be read:"
            + " unknown protocol: this looks like an HTTP/1 response (after N ms). Is this the"
            + " server's port for Thrift?"),
    GRPC_PORT(
        on -> EchoFixture.echo(on.client(on.answeringHex("000006040000000000000300000064")), "hi"),
        "PROTOCOL at READ_REPLY calling Echo/echo on 127.0.0.1:PORT: the reply cannot be read:"
            + " unknown protocol: this looks like HTTP/2, such as gRPC (after N ms). Is this the"
            + " server's port for Thrift?"),
    TLS_PORT_WITHOUT_TLS(
        on -> EchoFixture.echo(on.client(on.answeringHex("15030300020250")), "hi"),
        "PROTOCOL at READ_REPLY calling Echo/echo on 127.0.0.1:PORT: the reply cannot be read:"
            + " unknown protocol: this looks like TLS; this connection is plain (after N ms). The"
            + " server speaks TLS and this client does not: give it tls(...)"),
    TLS_TO_A_PLAIN_PORT(
        on -> {
          var tls = TlsOptions.builder(TlsCredentials.builder().load()).serverName("db").build();
          var server = on.serve(text -> text);
          EchoFixture.echo(
              on.toClose.keep(
                  Client.builder(server.address())
                      .tls(tls)
                      .timeout(PATIENT)
                      .connectTimeout(PATIENT) // the first handshake of a JVM takes its time
                      .build()),
              "hi");
        },
        "NOT_SENT at CONNECT calling Echo/echo on 127.0.0.1:PORT: the TLS handshake with"
            + " /127.0.0.1:PORT failed: the peer closed the connection in the middle of it (after N"
            + " ms, safe to retry). Does the server speak TLS on this port, and do both trust each"
            + " other?"),
    TLS_HANDSHAKE_TOO_SLOW(
        on ->
            EchoFixture.echo(
                on.toClose.keep(
                    Client.builder("127.0.0.1:" + on.silent().address().getPort())
                        .tls(Identity.client())
                        .timeout(PATIENT)
                        .connectTimeout(Duration.ofMillis(500))
                        .build()),
                "hi"),
        "NOT_SENT at CONNECT calling Echo/echo on 127.0.0.1:PORT: no TLS handshake within N ms"
            + " (after N ms, safe to retry). The server is there, so give the client a longer"
            + " connectTimeout(...), or connect ahead of the first call by warmUp(...); or it does"
            + " not speak TLS on this port"),
    NO_CERTIFICATE_FOR_A_SERVER_THAT_ASKS_FOR_ONE(
        on -> {
          var server =
              on.secured(
                  Identity.server().clientAuthentication(ClientAuthentication.REQUIRED).build());
          EchoFixture.echo(
              on.toClose.keep(
                  Client.builder(server.address())
                      .tls(Identity.client())
                      .timeout(PATIENT)
                      .connectTimeout(PATIENT)
                      .build()),
              "hi");
        },
        "DISCONNECTED at AWAIT_REPLY calling Echo/echo on 127.0.0.1:PORT: the connection was lost:"
            + " TLS failed: a broken record, or the peer refuses this side's certificate (after N"
            + " ms). If the server asks its clients for certificates, give the TlsCredentials of"
            + " this one a key(...) that it trusts"),
    FRAMED_TO_A_BUFFERED_SERVER(
        on ->
            EchoFixture.echo(
                on.toClose.keep(
                    Client.builder("127.0.0.1:" + on.silent().address().getPort())
                        .timeout(Duration.ofMillis(500))
                        .connectTimeout(PATIENT)
                        .build()),
                "hi"),
        "TIMEOUT at AWAIT_REPLY calling Echo/echo on 127.0.0.1:PORT: no reply before the deadline"
            + " (after N ms). If the method may take longer, give the client a longer"
            + " timeout(...); if no call gets a reply, the server may not speak this client's"
            + " protocol(...)"),
    ANOTHER_PROTOCOL(
        on -> EchoFixture.echo(on.client(on.closing()), "hi"),
        "DISCONNECTED at AWAIT_REPLY calling Echo/echo on 127.0.0.1:PORT: the server closed the"
            + " connection (after N ms). If it does so on each call, the server may not speak this"
            + " client's protocol(...), or may refuse a message of this size"),
    UNKNOWN_METHOD(
        on -> EchoFixture.callUnknown(on.client(on.serve(text -> text))),
        "REMOTE at READ_REPLY calling Echo/nope on 127.0.0.1:PORT: the server answered with error"
            + " 1: unknown method nope (services here: Echo) (after N ms). Is this the right"
            + " server, and not built from an older IDL?"),
    UNKNOWN_SERVICE(
        on ->
            EchoFixture.echo(
                on.toClose.keep(
                    Client.builder(on.serve(text -> text).address())
                        .protocol(Protocol.TTHEADER)
                        .build()),
                "Other",
                "hi"),
        "REMOTE at READ_REPLY calling Other/echo on 127.0.0.1:PORT: the server answered with error"
            + " 20: unknown service Other (this server has: Echo) (after N ms). Is this the right"
            + " server?"),
    HANDLER_THROWS(
        on ->
            EchoFixture.echo(
                on.client(
                    on.serve(
                        _ -> {
                          throw new IllegalStateException("the database is down");
                        })),
                "hi"),
        "REMOTE at READ_REPLY calling Echo/echo on 127.0.0.1:PORT: the server answered with error"
            + " 6: Echo/echo failed in its handler, error id ID: the server's log has the details"
            + " under that id (after N ms)"),
    HANDLER_RETURNS_NULL(
        MistakesTest::callWithoutAResult,
        "REMOTE at READ_REPLY calling Echo/get on 127.0.0.1:PORT: the reply holds neither a result"
            + " nor an exception (after N ms). The handler probably returned null"),
    SLOW_HANDLER(
        on ->
            EchoFixture.echo(
                on.toClose.keep(
                    Client.builder(on.serve(on::untilTheEnd).address())
                        .timeout(Duration.ofMillis(500))
                        .build()),
                "hi"),
        "TIMEOUT at AWAIT_REPLY calling Echo/echo on 127.0.0.1:PORT: no reply before the deadline"
            + " (after N ms). If the method may take longer, give the client a longer"
            + " timeout(...); if no call gets a reply, the server may not speak this client's"
            + " protocol(...)"),
    NO_TIME_LEFT(
        on -> {
          var client = on.client(on.serve(text -> text));
          var outer =
              new Invocation(
                  "Outer",
                  new Method<>("outer", false, ""),
                  Deadline.after(Duration.ZERO),
                  InetSocketAddress.createUnresolved("outer", 1));
          var _ = outer.asCurrent(() -> EchoFixture.echo(client, "hi"));
        },
        "NOT_SENT at CONNECT calling Echo/echo on 127.0.0.1:PORT: the deadline had passed before"
            + " the call could begin (after N ms, safe to retry). The call around it left no time"
            + " for this one"),
    REQUEST_TOO_LARGE(
        on ->
            EchoFixture.echo(
                on.toClose.keep(
                    Client.builder(on.serve(text -> text).address()).maxMessageBytes(2048).build()),
                REQUEST_BYTES),
        "PROTOCOL at SEND calling Echo/echo on 127.0.0.1:PORT: the request cannot be written:"
            + " message of 4028 bytes (limit: maxMessageBytes 2048) (after N ms). Give the client"
            + " a larger maxMessageBytes(...)"),
    REPLY_TOO_LARGE(
        on ->
            EchoFixture.echo(
                on.toClose.keep(
                    Client.builder(on.serve(_ -> REQUEST_BYTES).address())
                        .maxMessageBytes(2048)
                        .build()),
                "hi"),
        "PROTOCOL at READ_REPLY calling Echo/echo on 127.0.0.1:PORT: the reply cannot be read:"
            + " frame of 4028 bytes (limit: maxMessageBytes 2048) (after N ms). Give the client a"
            + " larger maxMessageBytes(...)"),
    REPLY_TOO_LARGE_FOR_THE_SERVER(
        on -> EchoFixture.echo(on.client(on.serveAtMost(2048, _ -> REQUEST_BYTES)), "hi"),
        "REMOTE at READ_REPLY calling Echo/echo on 127.0.0.1:PORT: the server answered with error"
            + " 7: Echo/echo: the reply cannot be written: message of 4028 bytes (limit:"
            + " maxMessageBytes 2048): the server needs a larger maxMessageBytes(...) (after N"
            + " ms)"),
    REQUEST_TOO_LARGE_FOR_THE_SERVER(
        on -> EchoFixture.echo(on.client(on.serveAtMost(2048, text -> text)), REQUEST_BYTES),
        "PROTOCOL at READ_REPLY calling Echo/echo on 127.0.0.1:PORT: the server answered with error"
            + " 1938274413: frame of 4028 bytes (limit: maxMessageBytes 2048) (after N ms). Give"
            + " the server a larger maxMessageBytes(...)"),
    STREAM_MESSAGE_TOO_LARGE_FOR_THE_SERVER(
        on -> {
          var server =
              on.toClose.keep(
                  NotesFixture.server(NotesFixture::echo).maxMessageBytes(2048).start());
          try (var chat = NotesFixture.chat(on.client(server))) {
            chat.send(new Text(REQUEST_BYTES));
            var _ = chat.receive();
          }
        },
        "PROTOCOL at AWAIT_MESSAGE calling Notes/chat on 127.0.0.1:PORT: the other side gave the"
            + " stream up, code 1938274413: TTHeader frame of 4042 bytes (limit: maxMessageBytes"
            + " 2048) (after N ms). Give the server a larger maxMessageBytes(...)"),
    STREAM_TO_A_TLS_PORT(
        on -> {
          var server = on.secured(Identity.server().build());
          try (var chat = NotesFixture.chat(on.client(server))) {
            var _ = chat.receive();
          }
        },
        "PROTOCOL at AWAIT_MESSAGE calling Notes/chat on 127.0.0.1:PORT: what the other side sent"
            + " cannot be read: unknown protocol: this looks like TLS; this connection is plain"
            + " (after N ms). The server speaks TLS and this client does not: give it tls(...)"),
    POOL_EXHAUSTED(
        MistakesTest::callBesideAnother,
        "NOT_SENT at CONNECT calling Echo/echo on 127.0.0.1:PORT: all 1 connections are in use"
            + " (after N ms, safe to retry). Give the client a larger maxConnections(...) or"
            + " multiplexed(...), or make fewer calls at once"),
    CLIENT_CLOSED(
        on -> {
          var client = on.client(on.serve(text -> text));
          client.close();
          EchoFixture.echo(client, "hi");
        },
        "NOT_SENT at CONNECT calling Echo/echo on 127.0.0.1:PORT: this client is closed (after N"
            + " ms, safe to retry)");

    final Scene scene;
    final String message;

    Mistake(Scene scene, String message) {
      this.scene = scene;
      this.message = message;
    }
  }

  @RegisterExtension final ToClose toClose = new ToClose();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    end.countDown();
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatIsWrongAndWhatToDo(Mistake mistake) throws IOException {
    var failure = catchThrowableOfType(RpcException.class, () -> mistake.scene.play(this));

    assertThat(shown(String.valueOf(failure.getMessage()))).isEqualTo(mistake.message);
    assertThat(Files.readString(Path.of("../../docs/guides/errors.md")))
        .contains("\n" + mistake.message + "\n");
  }

  /// Without what differs from run to run.
  private static String shown(String message) {
    return message
        .replaceAll("(127.0.0.1|localhost|windhover.test):\\d+", "$1:PORT")
        .replaceAll("\\d+ ms", "N ms")
        .replaceAll("error id [0-9a-f]{8}", "error id ID");
  }

  enum Wire {
    BUFFERED(builder -> builder.protocol(Protocol.BUFFERED)),
    FRAMED(builder -> builder.protocol(Protocol.FRAMED)),
    TTHEADER(builder -> builder.protocol(Protocol.TTHEADER)),
    TTHEADER_FRAMED(builder -> builder.protocol(Protocol.TTHEADER_FRAMED)),
    MULTIPLEXED(builder -> builder.protocol(Protocol.TTHEADER).multiplexed(1));

    final UnaryOperator<ClientBuilder> protocol;

    Wire(UnaryOperator<ClientBuilder> protocol) {
      this.protocol = protocol;
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysThatTheServerSpeaksTlsOverEachProtocol(Wire wire) throws IOException {
    var server = secured(Identity.server().build());
    var client = client(server, wire);

    assertThat(shown(String.valueOf(EchoFixture.failure(client).getMessage())))
        .isEqualTo(Mistake.TLS_PORT_WITHOUT_TLS.message);
  }

  @ParameterizedTest
  @EnumSource
  void namesTheServersLimitOverEachProtocol(Wire wire) throws Exception {
    try (var log = new LogRecorder(Dispatcher.class.getName())) {
      var server = serveAtMost(2048, text -> text);
      var client = client(server, wire);

      var failure =
          catchThrowableOfType(
              RpcException.class, () -> EchoFixture.echo(client, "x".repeat(1 << 20)));

      assertThat(failure.kind()).isEqualTo(RpcException.Kind.PROTOCOL);
      assertThat(failure.getMessage())
          .contains("1048", "(limit: maxMessageBytes 2048)")
          .endsWith("Give the server a larger maxMessageBytes(...)");
      assertThat(EchoFixture.echo(client, "next")).isEqualTo("next");
      assertThat(log.drain(" is refused: "))
          .singleElement()
          .asString()
          .startsWith("WARNING a message of /127.0.0.1:")
          .contains("1048", "(limit: maxMessageBytes 2048)");
    }
  }

  private Client client(Server server, Wire wire) {
    return toClose.keep(
        wire.protocol
            .apply(Client.builder(server.address()).timeout(PATIENT).connectTimeout(PATIENT))
            .build());
  }

  private Server secured(TlsOptions tls) throws IOException {
    return toClose.keep(
        Server.builder()
            .address(anyPort())
            .tls(tls)
            .service(EchoFixture.serve(text -> text))
            .start());
  }

  private static void callWithoutAResult(MistakesTest on) throws IOException {
    var operation =
        new Operation(new Method<>("get", false, Signature.EMPTY), (_, _) -> Result.NOTHING);
    var service = new Service("Echo", List.of(operation));
    var server = on.toClose.keep(Server.builder().address(anyPort()).service(service).start());
    var get = new Method<>("get", false, Signature.builder().returns(Scalars.STRING).build());
    on.client(server).call("Echo", get, get.codec().arguments());
  }

  private static void callBesideAnother(MistakesTest on) throws Exception {
    var started = new CountDownLatch(1);
    var server =
        on.serve(
            text -> {
              started.countDown();
              return on.untilTheEnd(text);
            });
    var client =
        on.toClose.keep(
            Client.builder(server.address())
                .timeout(Duration.ofMillis(200))
                .connectTimeout(PATIENT)
                .maxConnections(1)
                .build());
    var patient = client.with(CallOptions.builder().timeout(Duration.ofSeconds(10)).build());
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(() -> EchoFixture.echo(patient, "first"));
      started.await();
      try {
        EchoFixture.echo(client, "second");
      } finally {
        on.end.countDown();
        first.get();
      }
    }
  }

  private String untilTheEnd(String text) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text;
  }

  private ScriptedPeer answering(String text) {
    return answering(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private ScriptedPeer answeringHex(String hex) {
    return answering(HexFormat.of().parseHex(hex));
  }

  private ScriptedPeer answering(byte[] bytes) {
    return toClose.keep(
        ScriptedPeer.accepting(
            side -> {
              var _ = side.receive(Integer.BYTES);
              side.send(bytes);
              side.pauseUntil(end);
            }));
  }

  private ScriptedPeer silent() {
    return toClose.keep(ScriptedPeer.accepting(side -> side.pauseUntil(end)));
  }

  private ScriptedPeer closing() {
    return toClose.keep(
        ScriptedPeer.accepting(
            side -> {
              var _ = side.receive(30); // all of it, so that the close is no reset
              side.close();
            }));
  }

  private Server serve(UnaryOperator<String> handler) throws IOException {
    return serveAtMost(16 << 20, handler);
  }

  private Server serveAtMost(int maxMessageBytes, UnaryOperator<String> handler)
      throws IOException {
    return toClose.keep(
        Server.builder()
            .address(anyPort())
            .maxMessageBytes(maxMessageBytes)
            .service(EchoFixture.serve(handler))
            .start());
  }

  private Client client(Server server) {
    return client((InetSocketAddress) server.address());
  }

  private Client client(ScriptedPeer peer) {
    return client(peer.address());
  }

  private Client client(InetSocketAddress address) {
    return toClose.keep(Client.builder("127.0.0.1:" + address.getPort()).timeout(PATIENT).build());
  }
}
