package io.windhover.netpoll;

import java.net.SocketAddress;

/// A listening socket of a back end.
interface Acceptor {

  /// Told, on the poller, of new connections.
  interface Owner {
    void accepted(PolledSocket socket);
  }

  /// Where it listens, a chosen port included.
  SocketAddress address();

  /// Stops listening. Any thread.
  void close();
}
