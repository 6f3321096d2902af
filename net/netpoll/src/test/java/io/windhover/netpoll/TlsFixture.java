package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.netpoll.tls.Certificates;
import io.windhover.netpoll.tls.TlsCredentials;
import io.windhover.netpoll.tls.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// Pollers, and what makes TLS of their connections. The foreign peer is the JDK's SSLSocket.
abstract class TlsFixture extends PollerFixture {

  @Override
  Poller.Starter starter() {
    return Backend.NIO.starter(0);
  }

  static TlsCredentials load(TlsCredentials.Builder builder) {
    try {
      return builder.load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConnectionOptions options(TlsCredentials.Builder credentials) {
    return options(credentials, builder -> builder);
  }

  static ConnectionOptions options(
      TlsCredentials.Builder credentials, UnaryOperator<TlsOptions.Builder> change) {
    return ConnectionOptions.builder()
        .tls(change.apply(TlsOptions.builder(load(credentials))).build())
        .build();
  }

  /// A server whose certificate is for localhost.
  static ConnectionOptions server() {
    return options(Certificates.authority().server().credentials());
  }

  /// A client that trusts the authority of that server.
  static ConnectionOptions client() {
    return options(Certificates.authority().trusted());
  }

  InetSocketAddress listen(ConnectionOptions options, Supplier<Recorder> handlers) {
    return named(listener(tcp(), options, handlers).address());
  }

  /// The same port, by the name `localhost`.
  static InetSocketAddress named(SocketAddress address) {
    return new InetSocketAddress("localhost", ((InetSocketAddress) address).getPort());
  }

  void failsToDial(InetSocketAddress address, ConnectionOptions options, String message) {
    var handler = new Recorder();

    assertThatThrownBy(() -> group.dial(address, DIAL_TIMEOUT, options, handler))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the TLS handshake with localhost/127.0.0.1:")
        .hasMessageContaining(message);

    assertThat(handler.events).as("the handler is not called").isEmpty();
    Waiting.until("both sides are gone", () -> group.openConnections() == 0);
  }

  // ---- the foreign peer

  static SSLContext foreign(Certificates.Identity identity) {
    try {
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(Certificates.open(identity.store()), Certificates.PASSWORD.toCharArray());
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      var authority = Certificates.open(Certificates.authority().server().store());
      trusted.setCertificateEntry("ca", authority.getCertificate("ca"));
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  static SSLSocket connect(InetSocketAddress address, String... protocols) throws IOException {
    return connect(foreign(Certificates.authority().client()), address, protocols);
  }

  static SSLSocket connect(SSLContext context, InetSocketAddress address, String... protocols)
      throws IOException {
    var socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(address.getHostString(), address.getPort());
    socket.setSoTimeout((int) Waiting.LIMIT.toMillis());
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  static SSLServerSocket foreignServer(String... protocols) throws IOException {
    return foreignServer(Certificates.authority().server(), protocols);
  }

  static SSLServerSocket foreignServer(Certificates.Identity identity, String... protocols)
      throws IOException {
    var address = (InetSocketAddress) tcp();
    var server =
        (SSLServerSocket)
            foreign(identity)
                .getServerSocketFactory()
                .createServerSocket(0, 8, address.getAddress());
    server.setSoTimeout((int) Waiting.LIMIT.toMillis());
    if (protocols.length > 0) {
      server.setEnabledProtocols(protocols);
    }
    return server;
  }
}
