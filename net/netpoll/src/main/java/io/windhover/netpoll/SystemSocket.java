package io.windhover.netpoll;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A socket of the operating system, with its addresses: a system forgets them when it closes.
abstract sealed class SystemSocket implements PolledSocket permits NioSocket, EpollSocket {

  private @Nullable SocketAddress local;
  private @Nullable SocketAddress remote;

  final void keepAddresses(SocketAddress local, SocketAddress remote) {
    this.local = local;
    this.remote = remote;
  }

  @Override
  public final SocketAddress localAddress() {
    return kept(local);
  }

  @Override
  public final SocketAddress remoteAddress() {
    return kept(remote);
  }

  @Override
  public final void keepAlive(KeepAlive keepAlive) throws IOException {
    if (localAddress() instanceof InetSocketAddress) {
      setKeepAlive(keepAlive);
    }
  }

  /// Of a TCP socket.
  abstract void setKeepAlive(KeepAlive keepAlive) throws IOException;

  private static SocketAddress kept(@Nullable SocketAddress address) {
    if (address == null) {
      throw new IllegalStateException("not connected");
    }
    return address;
  }
}
