package io.windhover.netpoll;

import java.io.IOException;

/// A socket that is connecting; to its poller it is writable once that has ended.
///
/// @param finish asks the system how
record Pending(PolledSocket socket, Finish finish, Poller.Connecting connecting)
    implements PolledSocket.Owner {

  /// How connecting ends.
  @FunctionalInterface
  interface Finish {

    /// @return whether it is connected; if not, it still may be
    /// @throws IOException if it never will
    boolean isConnected() throws IOException;
  }

  @Override
  public void writable() {
    try {
      if (finish.isConnected()) {
        connecting.connected(socket);
      }
    } catch (IOException e) {
      socket.close();
      connecting.failed(e);
    }
  }

  @Override
  public void readable() {}

  @Override
  public void sweep(long nowNanos) {}

  @Override
  public void drain() {
    shutDown();
  }

  @Override
  public void shutDown() {
    socket.close();
    connecting.shutDown();
  }
}
