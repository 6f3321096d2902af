package io.windhover.examples.readme;

import io.windhover.netpoll.tls.ClientAuthentication;
import io.windhover.netpoll.tls.TlsCredentials;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.netpoll.tls.TlsSession;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.transport.AcceptedConnection;
import io.windhover.rpc.transport.ConnectionFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What `docs/tls.md` shows of clients and servers of RPC.
final class TlsPage {

  private TlsPage() {}

  static Server server(HelloService handler, Path folder) throws IOException {
    var credentials =
        TlsCredentials.builder()
            .key(folder.resolve("server.pem"), folder.resolve("server.key"))
            .load();
    return Server.builder()
        .port(8888)
        .service(HelloService.serve(handler))
        .tls(TlsOptions.builder(credentials).build())
        .start();
  }

  static Client client(Path folder) throws IOException {
    var credentials =
        TlsCredentials.builder().trust(folder.resolve("servers-authority.pem")).load();
    return Client.builder("greeter.example:8888")
        .tls(TlsOptions.builder(credentials).build())
        .build();
  }

  static TlsOptions serverThatAsks(Path folder) throws IOException {
    var credentials =
        TlsCredentials.builder()
            .key(folder.resolve("server.pem"), folder.resolve("server.key"))
            .trust(folder.resolve("clients-authority.pem"))
            .load();
    return TlsOptions.builder(credentials)
        .clientAuthentication(ClientAuthentication.REQUIRED)
        .build();
  }

  static TlsOptions clientWithAKey(Path folder) throws IOException {
    var credentials =
        TlsCredentials.builder()
            .key(folder.resolve("client.pem"), folder.resolve("client.key"))
            .trust(folder.resolve("servers-authority.pem"))
            .load();
    return TlsOptions.builder(credentials).build();
  }

  static ConnectionFilter only(Set<String> subjects) {
    return new ConnectionFilter() {
      @Override
      public boolean opened(AcceptedConnection connection) {
        var certificates = connection.tls().map(TlsSession::peerCertificates).orElse(List.of());
        return !certificates.isEmpty()
            && subjects.contains(certificates.getFirst().getSubjectX500Principal().getName());
      }
    };
  }
}
