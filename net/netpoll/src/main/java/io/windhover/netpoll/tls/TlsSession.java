package io.windhover.netpoll.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// What the two sides of a connection have agreed on.
///
/// @param protocol `TLSv1.3` or `TLSv1.2`
/// @param cipherSuite by its standard name
/// @param applicationProtocol what ALPN chose; empty if the peer named none
/// @param serverName the host that the client asked for (SNI); empty if it named none
/// @param peerCertificates the peer's own first; empty if it has shown none. They were checked
public record TlsSession(
    String protocol,
    String cipherSuite,
    Optional<String> applicationProtocol,
    Optional<String> serverName,
    List<X509Certificate> peerCertificates) {

  public TlsSession {
    peerCertificates = List.copyOf(peerCertificates);
  }

  /// Describes an engine whose handshake is done.
  public static TlsSession of(SSLEngine engine) {
    var session = engine.getSession();
    return new TlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        Optional.ofNullable(engine.getApplicationProtocol()).filter(name -> !name.isEmpty()),
        serverName(session),
        peerCertificates(session));
  }

  private static Optional<String> serverName(SSLSession session) {
    return session instanceof ExtendedSSLSession extended
        ? extended.getRequestedServerNames().stream()
            .filter(SNIHostName.class::isInstance)
            .map(name -> ((SNIHostName) name).getAsciiName())
            .findFirst()
        : Optional.empty();
  }

  private static List<X509Certificate> peerCertificates(SSLSession session) {
    try {
      return Stream.of(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // it has shown none
    }
  }
}
