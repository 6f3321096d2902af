package io.windhover.netpoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.Consumer;

/// A listening socket of Linux.
final class EpollListener extends PolledListener {

  private static final byte[] ANY_IPV6_ADDRESS = new byte[16];

  private final EpollPoller poller;
  private final int descriptor;

  private EpollListener(EpollPoller poller, int descriptor, Consumer<PolledSocket> onAccepted)
      throws IOException {
    super(poller, Linux.localAddress(descriptor), onAccepted);
    this.poller = poller;
    this.descriptor = descriptor;
  }

  static EpollListener bind(
      EpollPoller poller,
      SocketAddress address,
      ListenerOptions options,
      Consumer<PolledSocket> onAccepted)
      throws IOException {
    int socket = -1;
    try {
      var wanted = address;
      if (isAny(address)) { // of IPv6 too, as the JDK's sockets do it, unless the system has none
        socket = Linux.socket(Linux.AF_INET6);
      }
      if (socket >= 0) {
        int port = ((InetSocketAddress) address).getPort();
        wanted = new InetSocketAddress(InetAddress.getByAddress(ANY_IPV6_ADDRESS), port);
      } else {
        socket = Linux.check(Linux.socket(LinuxAddress.family(address)));
      }
      bind(socket, wanted, options);
      return new EpollListener(poller, socket, onAccepted);
    } catch (IOException | RuntimeException e) {
      if (socket >= 0) {
        Linux.close(socket);
      }
      throw failure(address, e);
    }
  }

  private static boolean isAny(SocketAddress address) {
    return address instanceof InetSocketAddress tcp
        && !tcp.isUnresolved()
        && tcp.getAddress().isAnyLocalAddress();
  }

  private static void bind(int socket, SocketAddress address, ListenerOptions options)
      throws IOException {
    if (address instanceof UnixDomainSocketAddress unix) {
      SocketFile.removeStale(unix);
    } else {
      Linux.check(Linux.reuseAddress(socket));
      if (options.sharesPort()) {
        Linux.check(Linux.reusePort(socket));
      }
    }
    Linux.check(Linux.bind(socket, address));
    Linux.check(Linux.listen(socket, options.backlog()));
  }

  @Override
  void watch(boolean on) throws IOException {
    poller.watch(descriptor, on ? Epoll.READABLE : 0, this);
  }

  @Override
  boolean accept(Consumer<PolledSocket> onAccepted) throws IOException {
    int accepted = Linux.accept(descriptor);
    if (accepted == -Linux.EAGAIN) {
      return false;
    }
    if (accepted == -Linux.EINTR || accepted == -Linux.ECONNABORTED) {
      return true;
    }
    Linux.check(accepted);
    try {
      onAccepted.accept(EpollSocket.of(accepted, address() instanceof InetSocketAddress));
    } catch (IOException e) {
      gone(e);
    }
    return true;
  }

  @Override
  void closeSocket() {
    poller.forget(descriptor);
    Linux.close(descriptor);
  }
}
