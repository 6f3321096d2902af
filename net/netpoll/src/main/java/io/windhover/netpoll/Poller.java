package io.windhover.netpoll;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.Executor;

/// What a back end provides: one thread that waits for many sockets and tells their owners what
/// they can do. The seam between this package's logic and an operating system's way to wait.
interface Poller extends Executor, AutoCloseable {

  /// Whether the calling thread is this poller's.
  boolean isCurrentThread();

  /// Runs `task` on this poller's thread, soon and in order. Dropped once the poller is closed.
  @Override
  void execute(Runnable task);

  /// Begins to connect and tells `dialling` how it ended. Called on this poller.
  ///
  /// @throws IOException if that is clear at once; `dialling` is then not told
  PolledSocket connect(SocketAddress address, Dialling dialling) throws IOException;

  /// Makes `owner` hear of what `socket` can do. Called on this poller; the socket comes from an
  /// [Acceptor] of the same back end.
  void adopt(PolledSocket socket, PolledSocket.Owner owner) throws IOException;

  /// Binds and listens; accepted sockets are handed to `owner` once they come. Any thread.
  Acceptor listen(SocketAddress address, int backlog, Acceptor.Owner owner) throws IOException;

  /// Stops the thread and closes what is still registered. Waits for the thread, within a bound,
  /// unless called on it.
  @Override
  void close();
}
