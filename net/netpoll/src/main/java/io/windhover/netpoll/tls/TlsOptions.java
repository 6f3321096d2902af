package io.windhover.netpoll.tls;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// How connections are secured: TLS 1.3 or 1.2, nothing older.
///
/// @param credentials this side's keys, and whom it trusts
/// @param clientAuthentication what a server asks of its clients
/// @param applicationProtocols for ALPN, the preferred one first; none turns ALPN off
/// @param requiresApplicationProtocol whether a peer without ALPN is refused, if
///   `applicationProtocols` names any. A peer that names others only is always refused
/// @param serverName for a client: whom the server's certificate must name, and what SNI asks for;
///   null for the host of the dialled address
/// @param verifiesServerName for a client: whether the certificate must name the server. Without it
///   anybody with a certificate of a trusted authority can pose as the server
/// @param handshakeTimeout for all of the handshake
/// @param maxHandshakeBytes that a peer may send before the handshake is done, its certificates
///   included
public record TlsOptions(
    TlsCredentials credentials,
    ClientAuthentication clientAuthentication,
    List<String> applicationProtocols,
    boolean requiresApplicationProtocol,
    @Nullable String serverName,
    boolean verifiesServerName,
    Duration handshakeTimeout,
    int maxHandshakeBytes) {

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private static final int MIN_HANDSHAKE_BYTES = 1 << 10;
  private static final int MAX_HANDSHAKE_BYTES = 1 << 20;
  private static final int MAX_PROTOCOL_BYTES = 255; // RFC 7301, section 3.1

  public TlsOptions {
    applicationProtocols = List.copyOf(applicationProtocols);
    for (var protocol : applicationProtocols) {
      if (protocol.isEmpty() || protocol.length() > MAX_PROTOCOL_BYTES) {
        throw new IllegalArgumentException(
            "applicationProtocols: \"" + protocol + "\" (expected: 1..255 characters)");
      }
    }
    if (serverName != null && serverName.isBlank()) {
      throw new IllegalArgumentException("serverName: blank (expected: a host)");
    }
    if (!handshakeTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "handshakeTimeout: " + handshakeTimeout + " (expected: > 0)");
    }
    if (maxHandshakeBytes < MIN_HANDSHAKE_BYTES || maxHandshakeBytes > MAX_HANDSHAKE_BYTES) {
      throw new IllegalArgumentException(
          "maxHandshakeBytes: %d (expected: %d..%d)"
              .formatted(maxHandshakeBytes, MIN_HANDSHAKE_BYTES, MAX_HANDSHAKE_BYTES));
    }
  }

  public static Builder builder(TlsCredentials credentials) {
    return new Builder(credentials);
  }

  /// Returns these options with `protocols` for ALPN, none of which a peer has to know; unless they
  /// name some themselves, or there are none: then they stay as they are.
  public TlsOptions offering(List<String> protocols) {
    return protocols.isEmpty() || !applicationProtocols.isEmpty()
        ? this
        : new TlsOptions(
            credentials,
            clientAuthentication,
            protocols,
            false,
            serverName,
            verifiesServerName,
            handshakeTimeout,
            maxHandshakeBytes);
  }

  /// Checks that a server can do with these options.
  ///
  /// @throws IllegalArgumentException if it has no key, or asks for certificates and trusts nobody
  public void checkServer() {
    if (!credentials.hasKey()) {
      throw new IllegalArgumentException(
          "a TLS server needs a certificate: TlsCredentials.Builder.key");
    }
    if (clientAuthentication != ClientAuthentication.NONE && !credentials.hasTrust()) {
      throw new IllegalArgumentException(
          "clientAuthentication: "
              + clientAuthentication
              + " needs an authority of its own: TlsCredentials.Builder.trust");
    }
  }

  /// Checks that a client can do with these options.
  ///
  /// @param host that is to be dialled; empty if the address has none
  /// @throws IllegalArgumentException if nothing says whom the server's certificate must name
  public void checkClient(String host) {
    if (host.isEmpty() && serverName == null && verifiesServerName) {
      throw new IllegalArgumentException(
          "serverName: none (expected: a host, since the address has none to verify)");
    }
  }

  /// Makes the engine of an accepted connection. May read files, so not on a poller.
  public SSLEngine serverEngine() {
    var engine = restricted(credentials.current().createSSLEngine());
    engine.setUseClientMode(false);
    switch (clientAuthentication) {
      case NONE -> {}
      case WANTED -> engine.setWantClientAuth(true);
      case REQUIRED -> engine.setNeedClientAuth(true);
    }
    return engine;
  }

  /// Makes the engine of a dialled connection. May read files, so not on a poller.
  ///
  /// @param host that was dialled: a name or the text of an IP address
  /// @param port which, with the host, tells whose session may be resumed
  public SSLEngine clientEngine(String host, int port) {
    var peer = serverName != null ? serverName : host;
    var engine = restricted(credentials.current().createSSLEngine(peer, port));
    engine.setUseClientMode(true);
    var parameters = engine.getSSLParameters();
    parameters.setServerNames(sniOf(peer));
    if (verifiesServerName) {
      parameters.setEndpointIdentificationAlgorithm(ServerNames.ALGORITHM);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private SSLEngine restricted(SSLEngine engine) {
    var parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setCipherSuites(
        Stream.of(engine.getEnabledCipherSuites())
            .filter(TlsOptions::isSound)
            .toArray(String[]::new));
    parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
    engine.setSSLParameters(parameters);
    return engine;
  }

  /// Forward secrecy and authenticated encryption: all of TLS 1.3, and of TLS 1.2 what RFC 9325
  /// recommends.
  private static boolean isSound(String suite) {
    boolean tls12 = suite.contains("_WITH_");
    boolean ephemeral = suite.startsWith("TLS_ECDHE_");
    boolean authenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
    return !tls12 || (ephemeral && authenticated);
  }

  /// The JDK would leave out names without a dot, which are ordinary inside of a cluster.
  private static List<SNIServerName> sniOf(String host) {
    if (isAddress(host)) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(host));
    } catch (IllegalArgumentException e) {
      return List.of(); // no name that SNI can carry
    }
  }

  static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Collects options; each has a default.
  public static final class Builder {
    private final TlsCredentials credentials;
    private ClientAuthentication clientAuthentication = ClientAuthentication.NONE;
    private List<String> applicationProtocols = List.of();
    private boolean requiresApplicationProtocol = true;
    private @Nullable String serverName;
    private boolean verifiesServerName = true;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private int maxHandshakeBytes = 16 << 10;

    private Builder(TlsCredentials credentials) {
      this.credentials = credentials;
    }

    public Builder clientAuthentication(ClientAuthentication clientAuthentication) {
      this.clientAuthentication = clientAuthentication;
      return this;
    }

    public Builder applicationProtocols(String... preferredFirst) {
      this.applicationProtocols = List.of(preferredFirst);
      return this;
    }

    public Builder requiresApplicationProtocol(boolean requiresApplicationProtocol) {
      this.requiresApplicationProtocol = requiresApplicationProtocol;
      return this;
    }

    public Builder serverName(String serverName) {
      this.serverName = serverName;
      return this;
    }

    public Builder verifiesServerName(boolean verifiesServerName) {
      this.verifiesServerName = verifiesServerName;
      return this;
    }

    public Builder handshakeTimeout(Duration handshakeTimeout) {
      this.handshakeTimeout = handshakeTimeout;
      return this;
    }

    public Builder maxHandshakeBytes(int maxHandshakeBytes) {
      this.maxHandshakeBytes = maxHandshakeBytes;
      return this;
    }

    public TlsOptions build() {
      return new TlsOptions(
          credentials,
          clientAuthentication,
          applicationProtocols,
          requiresApplicationProtocol,
          serverName,
          verifiesServerName,
          handshakeTimeout,
          maxHandshakeBytes);
    }
  }
}
