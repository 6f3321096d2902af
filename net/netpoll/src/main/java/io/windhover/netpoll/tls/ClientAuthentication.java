package io.windhover.netpoll.tls;

/// Whether a server asks its clients for a certificate.
public enum ClientAuthentication {
  /// Clients are not asked.
  NONE,
  /// Clients are asked. Who has none is let in; a certificate that is not trusted is refused.
  WANTED,
  /// Who has no trusted certificate is refused: mutual TLS.
  REQUIRED
}
