package io.windhover.netpoll;

import java.net.SocketAddress;

/// An address where connections are accepted. Made by [PollerGroup#listen].
public final class Listener implements AutoCloseable {

  private final Acceptor acceptor;

  Listener(Acceptor acceptor) {
    this.acceptor = acceptor;
  }

  /// Returns where it listens; with port 0 asked for, the port that was chosen.
  public SocketAddress address() {
    return acceptor.address();
  }

  /// Accepts no more. Connections that exist go on. Removes the file of a unix socket.
  @Override
  public void close() {
    acceptor.close();
  }
}
