package io.windhover.rpc.server;

import io.windhover.netpoll.Attribute;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.tls.TlsSession;
import io.windhover.rpc.transport.AcceptedConnection;
import java.net.SocketAddress;
import java.util.Optional;

/// What filters see of a connection.
record FilteredView(Connection connection) implements AcceptedConnection {

  @Override
  public SocketAddress localAddress() {
    return connection.localAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    return connection.remoteAddress();
  }

  @Override
  public Optional<TlsSession> tls() {
    return connection.tls();
  }

  @Override
  public <T> void set(Attribute<T> attribute, T value) {
    connection.set(attribute, value);
  }

  @Override
  public <T> Optional<T> get(Attribute<T> attribute) {
    return connection.get(attribute);
  }

  @Override
  public String toString() {
    return remoteAddress().toString();
  }
}
