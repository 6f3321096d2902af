package io.windhover.interop;

import io.grpc.testing.TlsTesting;
import io.windhover.netpoll.tls.ClientAuthentication;
import io.windhover.netpoll.tls.TlsCredentials;
import io.windhover.netpoll.tls.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// TLS with the certificates that gRPC's interop suite brings: a server's, for [#SERVER_NAME] and
/// others, a client's, and that of the authority behind both. They end in 2030.
final class SuiteTls {
  static final String SERVER_NAME = "foo.test.google.fr";

  private SuiteTls() {}

  /// @param folder where files may lie until these options are here
  static TlsOptions server(Path folder) throws IOException {
    var credentials =
        TlsCredentials.builder()
            .key(file("server1.pem", folder), file("server1.key", folder))
            .load();
    return TlsOptions.builder(credentials).build();
  }

  /// The same, and asks clients for certificates.
  static TlsOptions serverThatAsks(Path folder) throws IOException {
    var credentials =
        TlsCredentials.builder()
            .key(file("server1.pem", folder), file("server1.key", folder))
            .trust(file("ca.pem", folder))
            .load();
    return TlsOptions.builder(credentials)
        .clientAuthentication(ClientAuthentication.REQUIRED)
        .build();
  }

  /// With a key, for servers that ask for it.
  ///
  /// @param folder where files may lie until these options are here
  static TlsOptions client(Path folder) throws IOException {
    var credentials =
        TlsCredentials.builder()
            .key(file("client.pem", folder), file("client.key", folder))
            .trust(file("ca.pem", folder))
            .load();
    return TlsOptions.builder(credentials).serverName(SERVER_NAME).build();
  }

  private static Path file(String name, Path folder) throws IOException {
    try (var in = TlsTesting.loadCert(name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }
}
