package io.windhover.rpc.server;

import io.windhover.netpoll.Attribute;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.tls.TlsSession;
import java.net.SocketAddress;
import java.util.Optional;

/// What a [ConnectionFilter] gets to know of a connection. All methods may be called from any
/// thread, also when the connection is closed.
public final class AcceptedConnection {

  private final Connection connection;

  AcceptedConnection(Connection connection) {
    this.connection = connection;
  }

  public SocketAddress localAddress() {
    return connection.localAddress();
  }

  public SocketAddress remoteAddress() {
    return connection.remoteAddress();
  }

  /// Returns what TLS has agreed on, the peer's certificates among it; empty if the connection is
  /// plain.
  public Optional<TlsSession> tls() {
    return connection.tls();
  }

  /// Keeps `value` with this connection, in the place of an earlier one. A [Transport] sees it too.
  public <T> void set(Attribute<T> attribute, T value) {
    connection.set(attribute, value);
  }

  /// Returns what [#set] was given.
  public <T> Optional<T> get(Attribute<T> attribute) {
    return connection.get(attribute);
  }

  @Override
  public String toString() {
    return remoteAddress().toString();
  }
}
