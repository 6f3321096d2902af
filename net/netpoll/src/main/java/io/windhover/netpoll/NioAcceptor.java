package io.windhover.netpoll;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// A listening socket on JDK NIO. When the process is out of descriptors it pauses until the next
/// sweep instead of spinning on the backlog.
final class NioAcceptor implements Acceptor, NioPoller.Registration {

  private static final System.Logger LOG = System.getLogger(NioAcceptor.class.getName());
  private static final int MAX_ACCEPTS_PER_TURN = 64;

  private final NioPoller poller;
  private final Owner owner;
  private final ServerSocketChannel channel;
  private final SocketAddress address;
  private @Nullable SelectionKey key;

  NioAcceptor(NioPoller poller, SocketAddress address, int backlog, Owner owner)
      throws IOException {
    this.poller = poller;
    this.owner = owner;
    this.channel = open(address);
    try {
      channel.configureBlocking(false);
      channel.bind(address, backlog);
      this.address = channel.getLocalAddress();
    } catch (SocketException e) {
      channel.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static ServerSocketChannel open(SocketAddress address) throws IOException {
    if (address instanceof UnixDomainSocketAddress unix) {
      removeStale(unix);
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }
    var channel = ServerSocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    return channel;
  }

  /// A socket file outlives a server that was killed. One that nobody listens on is removed; a live
  /// one is left, and binding to it fails.
  private static void removeStale(UnixDomainSocketAddress address) throws IOException {
    if (!Files.exists(address.getPath())) {
      return;
    }
    try {
      SocketChannel.open(address).close();
    } catch (ConnectException e) {
      Files.delete(address.getPath());
      return;
    }
    throw new IOException("cannot listen on " + address + ": another server does");
  }

  /// On the poller.
  void start() {
    try {
      key = poller.register(channel, SelectionKey.OP_ACCEPT, this);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closed before it could accept", e);
    }
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void ready(SelectionKey ready) {
    for (int i = 0; i < MAX_ACCEPTS_PER_TURN; i++) {
      SocketChannel accepted;
      try {
        accepted = channel.accept();
      } catch (IOException e) {
        if (channel.isOpen()) {
          LOG.log(Level.WARNING, "accepting pauses: {0}", e.getMessage());
          ready.interestOps(0);
        }
        return;
      }
      if (accepted == null) {
        return;
      }
      hand(accepted);
    }
  }

  private void hand(SocketChannel accepted) {
    try {
      owner.accepted(new NioSocket(accepted));
    } catch (IOException e) { // gone already
      try {
        accepted.close();
      } catch (IOException ignored) {
        // nothing more to do for it
      }
    }
  }

  @Override
  public void sweep(long nowNanos) {
    if (key != null && key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void shutDown() {
    close();
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
      if (address instanceof UnixDomainSocketAddress unix) {
        Files.deleteIfExists(unix.getPath());
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a listener", e);
    }
    poller.execute(() -> {}); // a turn of the poller lets go of the descriptor
  }
}
