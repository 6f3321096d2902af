package io.windhover.netpoll;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A listening socket on JDK NIO. When the process is out of descriptors it pauses until the next
/// sweep instead of spinning on the backlog.
final class NioListener implements Listener, NioPoller.Registration {

  private static final System.Logger LOG = System.getLogger(NioListener.class.getName());
  private static final int MAX_ACCEPTS_PER_TURN = 64;

  private final NioPoller poller;
  private final Consumer<PolledSocket> onAccepted;
  private final ServerSocketChannel channel;
  private final SocketAddress address;
  private final @Nullable SocketFile file;
  private final AtomicBoolean closing = new AtomicBoolean();
  private boolean paused; // the poller's own

  NioListener(
      NioPoller poller,
      SocketAddress address,
      ListenerOptions options,
      Consumer<PolledSocket> onAccepted)
      throws IOException {
    this.poller = poller;
    this.onAccepted = onAccepted;
    this.channel =
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
      this.address = channel.getLocalAddress();
      this.file = address instanceof UnixDomainSocketAddress unix ? SocketFile.bound(unix) : null;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new IOException("cannot listen on " + address + ": " + reason(e), e);
    }
  }

  private static String reason(Exception e) {
    return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  /// On the poller.
  void start() {
    try {
      poller.register(channel, SelectionKey.OP_ACCEPT, this);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closed before it could accept", e);
    }
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      accept();
    } catch (IOException | RuntimeException | Error e) {
      paused = true;
      poller.interest(channel, 0);
      LOG.log(Level.WARNING, "accepting pauses: {0}", e.toString());
    }
  }

  private void accept() throws IOException {
    for (int i = 0; i < MAX_ACCEPTS_PER_TURN; i++) {
      var accepted = channel.accept();
      if (accepted == null) {
        return;
      }
      hand(accepted);
    }
  }

  private void hand(SocketChannel accepted) throws IOException {
    NioSocket socket;
    try {
      socket = new NioSocket(poller, accepted);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "an accepted connection was gone", e);
      accepted.close();
      return;
    } catch (RuntimeException | Error e) {
      accepted.close();
      throw e;
    }
    onAccepted.accept(socket);
  }

  @Override
  public void sweep(long nowNanos) {
    if (paused) {
      paused = false;
      poller.interest(channel, SelectionKey.OP_ACCEPT);
    }
  }

  /// On the poller, so that nothing else uses the channel meanwhile; the caller waits until the
  /// address is free.
  @Override
  public void close() {
    if (closing.compareAndSet(false, true) && !poller.executeAndWait(this::free)) {
      LOG.log(Level.WARNING, "{0} is still open: a frame handler blocks its poller", address);
    }
  }

  private void free() {
    shutDown();
    poller.letGoOfClosed();
  }

  @Override
  public void drain() {
    shutDown();
  }

  @Override
  public void shutDown() {
    try (channel) {
      if (file != null && channel.isOpen()) {
        file.delete(); // before the channel closes: afterwards another server may take the path
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing a listener", e);
    }
  }
}
