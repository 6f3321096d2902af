package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.tls.Certificates;
import io.windhover.netpoll.tls.Certificates.Identity;
import io.windhover.netpoll.tls.ClientAuthentication;
import io.windhover.netpoll.tls.TlsCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows 80, 81 and 84b of the table of bad inputs: certificates that change, that are not right,
/// and those of clients.
final class TlsCertificatesTest extends TlsFixture {

  // ---- 80: certificates that change

  /// Row 80: new connections get the new certificate, and those that exist go on.
  @Test
  void row80ReadsCertificatesAgainUnderLoad() throws Exception {
    var chain = directory.resolve("server.pem");
    var key = directory.resolve("server.key");
    var identities =
        List.of(
            Certificates.authority().server(),
            Certificates.authority().sign("server2", "-ext", Certificates.LOCALHOST));
    replace(identities.getFirst(), chain, key);
    var credentials = TlsCredentials.builder().key(chain, key).nanoClock(clock);
    var address = listen(options(credentials), PollerFixture::echo);
    var client = client();
    var old = new Recorder();
    var oldConnection = dial(address, client, old);
    var calls = new AtomicInteger();
    var end = new CountDownLatch(1);
    var load =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (end.getCount() > 0) {
                    oldConnection.write(Frames.of("call"));
                    Waiting.until("a reply", () -> old.events.remove("frame call"));
                    calls.incrementAndGet();
                  }
                });

    Waiting.until("it runs", () -> calls.get() > 0);
    for (int round = 1; round <= 100; round++) {
      var identity = identities.get(round % 2);
      replace(identity, chain, key);
      clock.turn(Duration.ofSeconds(10));

      assertThat(subjectAt(address, client)).isEqualTo("CN=server" + (round % 2 == 1 ? "2" : ""));
    }

    end.countDown();
    Waiting.on(load);
    assertThat(calls.get()).isGreaterThan(100);
    assertThat(oldConnection.isOpen()).isTrue();
  }

  private static void replace(Identity identity, Path chain, Path key) throws IOException {
    Files.copy(identity.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(identity.key(), key, StandardCopyOption.REPLACE_EXISTING);
  }

  private String subjectAt(InetSocketAddress address, ConnectionOptions options) {
    var handler = new Recorder();
    var connection = dial(address, options, handler);
    var peer = connection.tls().orElseThrow().peerCertificates().getFirst();
    connection.close();
    handler.awaitClosed();
    return peer.getSubjectX500Principal().getName();
  }

  // ---- 81: certificates that are not right

  record WrongCertificate(String name, Supplier<Identity> identity, String host, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<WrongCertificate> wrongCertificates() {
    var authority = Certificates.authority();
    return Stream.of(
        new WrongCertificate(
            "wrong host",
            () -> authority.sign("wrong-host", "-ext", "SAN=dns:a.example"),
            "localhost",
            "the certificate is for a.example, not for localhost"),
        new WrongCertificate(
            "expired",
            () ->
                authority.sign(
                    "expired",
                    "-ext",
                    Certificates.LOCALHOST,
                    "-startdate",
                    "-10d",
                    "-validity",
                    "5"),
            "localhost",
            "the server's certificate has expired"),
        new WrongCertificate(
            "not yet valid",
            () -> authority.sign("early", "-ext", Certificates.LOCALHOST, "-startdate", "+5d"),
            "localhost",
            "the server's certificate is not valid yet"),
        new WrongCertificate(
            "self-signed",
            Certificates::selfSigned,
            "localhost",
            "the server's certificate is signed by nobody who is trusted here"),
        new WrongCertificate(
            "unknown authority",
            () -> Certificates.stranger().server(),
            "localhost",
            "the server's certificate is signed by nobody who is trusted here"),
        new WrongCertificate(
            "wildcard *.com",
            () -> authority.sign("wildcard-com", "-ext", "SAN=dns:*.com"),
            "example.com",
            "the certificate is for *.com, not for example.com"),
        new WrongCertificate(
            "wildcard of two labels",
            () -> authority.sign("wildcard", "-ext", "SAN=dns:*.example.org"),
            "a.b.example.org",
            "the certificate is for *.example.org, not for a.b.example.org"),
        new WrongCertificate(
            "a name for an address",
            () -> authority.sign("name", "-ext", "SAN=dns:localhost"),
            "127.0.0.1",
            "the certificate is for localhost, not for 127.0.0.1"),
        new WrongCertificate(
            "an address for a name",
            () -> authority.sign("address", "-ext", "SAN=ip:127.0.0.1"),
            "localhost",
            "the certificate is for 127.0.0.1, not for localhost"),
        new WrongCertificate(
            "common name only",
            () -> authority.sign("localhost"),
            "localhost",
            "the certificate names no host (a common name does not count)"));
  }

  /// Row 81. Partial wildcards, which keytool does not make, are in ServerNamesTest.
  @ParameterizedTest
  @MethodSource("wrongCertificates")
  void row81Refuses(WrongCertificate wrong) {
    var address = listen(options(wrong.identity.get().credentials()), Recorder::new);

    failsToDial(
        address,
        options(Certificates.authority().trusted(), tls -> tls.serverName(wrong.host)),
        wrong.message);

    assertThat(accepted).isEmpty();
    Waiting.until("the server counts it", () -> group.usage().failedTlsHandshakes() == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "127.0.0.1, true",
    "a.example.org, true",
    "LOCALHOST, true",
    "nobody.example, false"
  })
  void row81Accepts(String host, boolean verifies) {
    var identity =
        Certificates.authority()
            .sign("good", "-ext", Certificates.LOCALHOST + ",dns:*.example.org");
    var address = listen(options(identity.credentials()), Recorder::new);

    var connection =
        dial(
            address,
            options(
                Certificates.authority().trusted(),
                tls -> tls.serverName(host).verifiesServerName(verifies)),
            new Recorder());

    assertThat(connection.tls()).isPresent();
  }

  @Test
  void row81ChecksTheDialledHostUnlessToldOtherwise() {
    var identity = Certificates.authority().sign("wrong-host", "-ext", "SAN=dns:a.example");
    var address = listen(options(identity.credentials()), Recorder::new);

    failsToDial(address, client(), "not for localhost");
  }

  @Test
  void row81TrustsTheJdksAuthoritiesOnlyByDefault() {
    var address = listen(server(), Recorder::new);

    failsToDial(
        address, options(TlsCredentials.builder()), "is signed by nobody who is trusted here");
  }

  /// The name that the client asks for chooses among the server's certificates.
  @Test
  void choosesTheCertificateByServerName() {
    var other = Certificates.authority().sign("other", "-ext", "SAN=dns:other.example.org");
    var address =
        listen(
            options(
                Certificates.authority()
                    .server()
                    .credentials()
                    .key(other.chain(), other.key())
                    .keyPkcs12(Certificates.authority().client().store(), Certificates.PASSWORD)),
            Recorder::new);

    for (var host : List.of("localhost", "other.example.org")) {
      var connection =
          dial(
              address,
              options(Certificates.authority().trusted(), tls -> tls.serverName(host)),
              new Recorder());
      assertThat(connection.tls().orElseThrow().serverName()).contains(host);
    }
    Waiting.until("both are in", () -> accepted.size() == 2);
    assertThat(accepted)
        .extracting(it -> it.connection().tls().orElseThrow().serverName().orElseThrow())
        .containsExactly("localhost", "other.example.org");
  }

  // ---- 84b: clients and their certificates

  record WrongClient(String name, Supplier<Identity> identity, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<WrongClient> wrongClients() {
    return Stream.of(
        new WrongClient(
            "authority of the same name",
            () -> Certificates.impostor().client(),
            "is not signed by the authority that it names"),
        new WrongClient(
            "revoked", () -> Certificates.authority().sign("revoked"), "was revoked on 2"),
        new WrongClient(
            "expired",
            () -> Certificates.authority().sign("old", "-startdate", "-9d", "-validity", "5"),
            "has expired"));
  }

  private static ConnectionOptions mutual(ClientAuthentication authentication) {
    return options(
        Certificates.authority()
            .server()
            .credentials()
            .trust(Certificates.authority().certificate())
            .revocationList(
                Certificates.authority().revoke(Certificates.authority().sign("revoked"))),
        tls -> tls.clientAuthentication(authentication));
  }

  private static ConnectionOptions clientWith(Identity identity) {
    return options(identity.credentials().trust(Certificates.authority().certificate()));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void row84bTakesATrustedClient(ClientAuthentication authentication) {
    var address = listen(mutual(authentication), PollerFixture::echo);
    var client = new Recorder();

    dial(address, clientWith(Certificates.authority().client()), client).write(Frames.of("a"));

    Waiting.until("it comes back", () -> client.events.contains("frame a"));
    var tls = firstAccepted().connection().tls().orElseThrow();
    assertThat(tls.peerCertificates().getFirst().getSubjectX500Principal().getName())
        .isEqualTo("CN=client");
  }

  /// Row 84b. With TLS 1.3 the client is done before the server has looked at its certificate: so
  /// its dial succeeds, and then the connection closes.
  @ParameterizedTest
  @MethodSource("wrongClients")
  void row84bRefuses(WrongClient wrong) {
    for (var authentication : List.of(ClientAuthentication.WANTED, ClientAuthentication.REQUIRED)) {
      try (var log = new LogRecorder(Handshakes.class)) {
        var address = listen(mutual(authentication), Recorder::new);
        var client = new Recorder();

        dial(address, clientWith(wrong.identity.get()), client);

        client.awaitClosed();
        assertThat(client.closeReason).isEqualTo(CloseReason.TLS_FAILED);
        Waiting.until("logged", () -> !log.lines().isEmpty());
        assertThat(log.lines())
            .as("once")
            .singleElement()
            .asString()
            .startsWith("FINE the TLS handshake with /127.0.0.1:")
            .contains("the client's certificate " + wrong.reason);
        assertThat(accepted).isEmpty();
      }
    }
    assertThat(group.usage().failedTlsHandshakes()).isEqualTo(2);
  }

  @Test
  void row84bRefusesAClientWithoutACertificate() {
    try (var log = new LogRecorder(Handshakes.class)) {
      var address = listen(mutual(ClientAuthentication.REQUIRED), Recorder::new);
      var client = new Recorder();

      dial(address, client(), client);

      client.awaitClosed();
      assertThat(client.closeReason).isEqualTo(CloseReason.TLS_FAILED);
      Waiting.until("logged", () -> !log.lines().isEmpty());
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("the client has shown no certificate, and this server asks for one");
    }
  }

  @Test
  void row84bTakesAClientWithoutACertificateIfOneIsOnlyWanted() {
    var address = listen(mutual(ClientAuthentication.WANTED), PollerFixture::echo);
    var client = new Recorder();

    dial(address, client(), client).write(Frames.of("a"));

    Waiting.until("it comes back", () -> client.events.contains("frame a"));
    assertThat(firstAccepted().connection().tls().orElseThrow().peerCertificates()).isEmpty();
  }

  /// With TLS 1.2 the server looks first, so the dial itself fails.
  @Test
  void row84bFailsTheDialWithTls12() throws Exception {
    try (var server = foreignServer("TLSv1.2")) {
      server.setNeedClientAuth(true);
      var serves =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var peer = (SSLSocket) server.accept()) {
                      peer.startHandshake();
                    } catch (IOException e) {
                      // as it should be
                    }
                  });

      failsToDial(
          named(server.getLocalSocketAddress()),
          client(),
          "or the server asks for a client certificate (alert handshake_failure)");
      Waiting.on(serves);
    }
  }

  // ---- options that cannot work

  @Test
  void doesNotListenWithoutAKey() {
    assertThatThrownBy(() -> group.listen(tcp(), client(), Recorder::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a TLS server needs a certificate: TlsCredentials.Builder.key");
  }

  @Test
  void asksNobodyForACertificateWithoutAnAuthority() {
    var options =
        options(
            Certificates.authority().server().credentials(),
            tls -> tls.clientAuthentication(ClientAuthentication.REQUIRED));

    assertThatThrownBy(() -> group.listen(tcp(), options, Recorder::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "clientAuthentication: REQUIRED needs an authority of its own:"
                + " TlsCredentials.Builder.trust");
  }

  @Test
  void wantsANameForAUnixSocket() {
    var address = listener(unix(), server(), Recorder::new).address();

    assertThatThrownBy(() -> dial(address, client(), new Recorder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("serverName: none");
    assertThat(group.openConnections()).isZero();
  }
}
