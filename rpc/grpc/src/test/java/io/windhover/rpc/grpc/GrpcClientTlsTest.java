package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.ScriptedServer.ENDED_WELL;
import static io.windhover.rpc.grpc.ScriptedServer.LIMIT;
import static io.windhover.rpc.grpc.ScriptedServer.OK;
import static io.windhover.rpc.grpc.ScriptedServer.data;
import static io.windhover.rpc.grpc.ScriptedServer.message;
import static io.windhover.rpc.grpc.Words.ECHO;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.http2.Http2Options;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.netpoll.tls.ClientAuthentication;
import io.windhover.netpoll.tls.TlsCredentials;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.transport.AcceptedConnection;
import io.windhover.rpc.transport.ConnectionFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients and servers of which both have TLS, or one.
@Timeout(60)
final class GrpcClientTlsTest {

  private static final String PASSWORD = "secret";

  @TempDir private static Path folder;
  private static TlsCredentials ofServer;
  private static TlsCredentials ofClient;
  private static TlsCredentials ofBoth;

  private static final String SERVICE = "test.Words";

  private final LeakCheck leaks = LeakCheck.begin();
  private final ArrayDeque<AutoCloseable> toClose = new ArrayDeque<>();

  @BeforeAll
  static void makeCertificate() throws Exception {
    var store = folder.resolve("store.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -keyalg EC -groupname secp256r1 -alias it -dname CN=it"
                        + " -ext SAN=dns:localhost -storepass secret -keystore "
                        + store)
                    .split(" "))
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var certificate = pem("CERTIFICATE", keys.getCertificate("it").getEncoded());
    var key = pem("PRIVATE KEY", keys.getKey("it", PASSWORD.toCharArray()).getEncoded());
    ofServer = TlsCredentials.builder().key(certificate, key).load();
    ofClient = TlsCredentials.builder().trust(certificate).load();
    ofBoth = TlsCredentials.builder().key(certificate, key).trust(certificate).load();
  }

  private static Path pem(String what, byte[] bytes) throws Exception {
    var text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    return Files.writeString(folder.resolve(what.replace(" ", "") + ".pem"), text, US_ASCII);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var closeable : toClose) {
      closeable.close();
    }
    leaks.end(LIMIT);
  }

  /// A server without ALPN is taken, too.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void offersHttp2WithoutBeingTold(boolean knows) throws Exception {
    var tls = TlsOptions.builder(ofServer);
    if (knows) {
      tls.applicationProtocols("h2");
    }
    var server = server(ConnectionOptions.builder().tls(tls.build()).build());
    var client = client(server.port(), it -> it.tls(TlsOptions.builder(ofClient).build()));

    assertThat(client.call(SERVICE, ECHO, "hi")).isEqualTo("safe");

    var session = server.connections.getFirst().connection().tls().orElseThrow();
    assertThat(session.applicationProtocol())
        .isEqualTo(knows ? Optional.of("h2") : Optional.empty());
    assertThat(server.heads.take().scheme()).isEqualTo("https");
  }

  /// With nothing said of ALPN on either side.
  @Test
  void findsHttp2OnAPortOfMoreProtocols() throws Exception {
    var handlers = new Words.Handlers();
    var fixture =
        new GrpcFixture(
            handlers, GrpcOptions.DEFAULT, it -> it.tls(TlsOptions.builder(ofServer).build()));
    toClose.push(fixture);
    var port = fixture.server.port();
    var grpc = client(port, it -> it.tls(TlsOptions.builder(ofClient).build()));
    var thrift =
        Client.builder("localhost:" + port)
            .tls(TlsOptions.builder(ofClient).build())
            .timeout(Duration.ofSeconds(20))
            .build();
    toClose.push(thrift);

    assertThat(grpc.call(SERVICE, ECHO, "hi")).isEqualTo("hi!");
    assertThat(grpc.call("Notes", Words.NOTE, "hi")).isEqualTo("hi!");
    assertThat(thrift.call("Notes", Words.NOTE, "hi")).isEqualTo("hi!");
  }

  @Test
  void namesTheMissingTlsOfTheClient() throws Exception {
    var tls = TlsOptions.builder(ofServer).build();
    var server = server(ConnectionOptions.builder().tls(tls).build());

    var failure = failure(client(server.port(), it -> it));

    assertThat(failure).hasMessageContaining("tls(...)");
  }

  @Test
  void namesTheMissingTlsOfTheServer() throws Exception {
    var server = server(ConnectionOptions.DEFAULT);

    var failure =
        failure(client(server.port(), it -> it.tls(TlsOptions.builder(ofClient).build())));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("Does the server speak TLS on this port");
  }

  @Test
  void callsWithACertificateThatTheServerAsksFor() throws Exception {
    var tls =
        TlsOptions.builder(ofBoth).clientAuthentication(ClientAuthentication.REQUIRED).build();
    var callers = new Callers();
    var fixture =
        new GrpcFixture(
            new Words.Handlers(), GrpcOptions.DEFAULT, it -> it.tls(tls).connectionFilter(callers));
    toClose.push(fixture);
    var client = client(fixture.server.port(), it -> it.tls(TlsOptions.builder(ofBoth).build()));

    assertThat(client.call(SERVICE, ECHO, "hi")).isEqualTo("hi!");

    assertThat(callers.names).containsOnly("CN=it");
  }

  /// Whom the certificates of connections name.
  private static final class Callers implements ConnectionFilter {
    final Queue<String> names = new ConcurrentLinkedQueue<>();

    @Override
    public boolean opened(AcceptedConnection connection) {
      for (var certificate : connection.tls().orElseThrow().peerCertificates()) {
        names.add(certificate.getSubjectX500Principal().getName());
      }
      return true;
    }
  }

  /// In TLS 1.3 a server says so only once the client's side of the handshake is over.
  @Test
  void namesTheMissingCertificateOfTheClient() throws Exception {
    var tls =
        TlsOptions.builder(ofBoth).clientAuthentication(ClientAuthentication.REQUIRED).build();
    var server = server(ConnectionOptions.builder().tls(tls).build());

    var failure =
        failure(client(server.port(), it -> it.tls(TlsOptions.builder(ofClient).build())));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure)
        .hasMessageContaining("the server ended TLS")
        .hasMessageContaining("If it asks its clients for certificates");
  }

  private ScriptedServer server(ConnectionOptions options) throws Exception {
    var server =
        new ScriptedServer(
            Http2Options.DEFAULT,
            options,
            (stream, _) -> {
              ScriptedServer.all(stream).release();
              stream.respond(OK, data(message("safe")), ENDED_WELL);
            });
    toClose.push(server);
    return server;
  }

  private Client client(int port, UnaryOperator<ClientBuilder> options) {
    var builder =
        Client.builder("localhost:" + port)
            .transport(GrpcClientTransport.create())
            .connectTimeout(Duration.ofSeconds(10))
            .timeout(Duration.ofSeconds(20));
    var client = options.apply(builder).build();
    toClose.push(client);
    return client;
  }

  private static RpcException failure(Client client) {
    return catchThrowableOfType(RpcException.class, () -> client.call(SERVICE, ECHO, "hi"));
  }
}
