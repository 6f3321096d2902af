package io.windhover.netpoll;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Consumer;

/// A listening socket on JDK NIO.
final class NioListener extends PolledListener {

  private final NioPoller poller;
  private final ServerSocketChannel channel;

  private NioListener(
      NioPoller poller, ServerSocketChannel channel, Consumer<PolledSocket> onAccepted)
      throws IOException {
    super(poller, channel.getLocalAddress(), onAccepted);
    this.poller = poller;
    this.channel = channel;
  }

  static NioListener bind(
      NioPoller poller,
      SocketAddress address,
      ListenerOptions options,
      Consumer<PolledSocket> onAccepted)
      throws IOException {
    var channel =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      if (address instanceof UnixDomainSocketAddress unix) {
        SocketFile.removeStale(unix);
      } else {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        if (options.sharesPort()) { // not on every system
          channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
      }
      channel.bind(address, options.backlog());
      return new NioListener(poller, channel, onAccepted);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw failure(address, e);
    }
  }

  @Override
  void watch(boolean on) throws IOException {
    poller.watch(channel, on ? SelectionKey.OP_ACCEPT : 0, this);
  }

  @Override
  boolean accept(Consumer<PolledSocket> onAccepted) throws IOException {
    var accepted = channel.accept();
    if (accepted == null) {
      return false;
    }
    try {
      onAccepted.accept(NioSocket.of(poller, accepted));
    } catch (IOException e) {
      gone(e);
    }
    return true;
  }

  @Override
  void closeSocket() throws IOException {
    channel.close();
  }
}
