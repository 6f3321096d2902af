package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.net.SocketAddress;

/// A non-blocking stream socket of a back end.
interface PolledSocket {

  /// Told by the poller, on its thread, what the socket can do.
  interface Owner {
    void readable();

    void writable();

    /// Called at every sweep of the poller, for timeouts.
    void sweep(long nowNanos);

    /// The poller closes.
    void shutDown();
  }

  SocketAddress localAddress();

  SocketAddress remoteAddress();

  /// Reads once. On the poller only.
  ///
  /// @return bytes read, 0 if there are none now, -1 at the end
  int read(LinkBuffer into) throws IOException;

  /// Writes once what the kernel takes now, and consumes it. One thread at a time.
  void write(LinkBuffer from) throws IOException;

  /// Which readiness the owner hears of. On the poller only.
  void interest(boolean readable, boolean writable);

  /// Tells the peer that nothing more comes. On the poller only.
  void shutdownOutput() throws IOException;

  /// On the poller only.
  void close();
}
