package io.windhover.netpoll;

import java.net.SocketAddress;

/// An address where connections are accepted. Made by [PollerGroup#listen]. Any thread.
public sealed interface Listener extends AutoCloseable permits PolledListener, GroupListener {

  /// Returns where it listens; with port 0 asked for, the port that was chosen.
  SocketAddress address();

  /// Accepts no more and frees the address. Connections that exist go on, and the handlers of all
  /// that were accepted have been told. Removes the file of a unix socket. Waits for pollers, 10 s
  /// at most.
  @Override
  void close();
}
