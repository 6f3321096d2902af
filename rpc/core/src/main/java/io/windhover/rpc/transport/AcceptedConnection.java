package io.windhover.rpc.transport;

import io.windhover.netpoll.Attribute;
import io.windhover.netpoll.tls.TlsSession;
import java.net.SocketAddress;
import java.util.Optional;

/// What a [ConnectionFilter] gets to know of a connection. All methods may be called from any
/// thread, also when the connection is closed. The server implements it, or a test of a filter.
public interface AcceptedConnection {

  SocketAddress localAddress();

  SocketAddress remoteAddress();

  /// Returns what TLS has agreed on, the peer's certificates among it; empty if the connection is
  /// plain.
  Optional<TlsSession> tls();

  /// Keeps `value` with this connection, in the place of an earlier one. A [Transport] sees it too.
  <T> void set(Attribute<T> attribute, T value);

  /// Returns what [#set] was given.
  <T> Optional<T> get(Attribute<T> attribute);
}
