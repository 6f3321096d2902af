package io.windhover.netpoll;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A listening socket of Linux. When the process is out of descriptors it pauses until the next
/// sweep instead of spinning on the backlog.
final class EpollListener implements Listener, EpollPoller.Registration {

  private static final System.Logger LOG = System.getLogger(EpollListener.class.getName());
  private static final int MAX_ACCEPTS_PER_TURN = 64;
  private static final byte[] ANY_IPV6_ADDRESS = new byte[16];

  private final EpollPoller poller;
  private final Consumer<PolledSocket> onAccepted;
  private final int descriptor;
  private final SocketAddress address;
  private final @Nullable SocketFile file;
  private final AtomicBoolean closing = new AtomicBoolean();

  // The poller's own:
  private boolean watched;
  private boolean paused;
  private boolean closed;

  EpollListener(
      EpollPoller poller,
      SocketAddress address,
      ListenerOptions options,
      Consumer<PolledSocket> onAccepted)
      throws IOException {
    this.poller = poller;
    this.onAccepted = onAccepted;
    int socket = -1;
    try {
      var wanted = bothIps(address);
      socket = Linux.check(Linux.socket(LinuxAddress.family(wanted)));
      if (wanted instanceof UnixDomainSocketAddress unix) {
        SocketFile.removeStale(unix);
      } else {
        Linux.check(Linux.reuseAddress(socket));
        if (options.sharesPort()) {
          Linux.check(Linux.reusePort(socket));
        }
      }
      Linux.check(Linux.bind(socket, wanted));
      Linux.check(Linux.listen(socket, options.backlog()));
      this.descriptor = socket;
      this.address = Linux.localAddress(socket);
      this.file = wanted instanceof UnixDomainSocketAddress unix ? SocketFile.bound(unix) : null;
    } catch (IOException | RuntimeException e) {
      if (socket >= 0) {
        Linux.close(socket);
      }
      throw new IOException("cannot listen on " + address + ": " + reason(e), e);
    }
  }

  /// To listen on all addresses is to listen on those of IPv6 too, as the JDK's sockets do, unless
  /// the system has none.
  private static SocketAddress bothIps(SocketAddress address) throws IOException {
    if (!(address instanceof InetSocketAddress tcp)
        || tcp.isUnresolved()
        || !tcp.getAddress().isAnyLocalAddress()) {
      return address;
    }
    int probe = Linux.socket(Linux.AF_INET6);
    if (probe < 0) {
      return address;
    }
    Linux.close(probe);
    return new InetSocketAddress(InetAddress.getByAddress(ANY_IPV6_ADDRESS), tcp.getPort());
  }

  private static String reason(Exception e) {
    return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  /// On the poller.
  void start() {
    if (closed) {
      return;
    }
    poller.watch(descriptor, this);
    watched = true;
    interest(Epoll.READABLE);
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void ready(int readiness) {
    try {
      accept();
    } catch (IOException | RuntimeException | Error e) {
      paused = true;
      interest(0);
      LOG.log(Level.WARNING, "accepting pauses: {0}", e.toString());
    }
  }

  private void accept() throws IOException {
    for (int i = 0; i < MAX_ACCEPTS_PER_TURN; i++) {
      int accepted = Linux.accept(descriptor);
      if (accepted == -Linux.EAGAIN) {
        return;
      }
      if (accepted != -Linux.EINTR && accepted != -Linux.ECONNABORTED) {
        hand(Linux.check(accepted));
      }
    }
  }

  private void hand(int accepted) {
    EpollSocket socket;
    try {
      socket = EpollSocket.of(accepted, address instanceof InetSocketAddress);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "an accepted connection was gone", e);
      return;
    }
    onAccepted.accept(socket);
  }

  @Override
  public void sweep(long nowNanos) {
    if (paused) {
      paused = false;
      interest(Epoll.READABLE);
    }
  }

  private void interest(int interest) {
    try {
      poller.interest(descriptor, interest);
    } catch (IOException e) {
      paused = true; // the next sweep tries again
      LOG.log(Level.WARNING, "accepting stays paused: {0}", e.getMessage());
    }
  }

  /// On the poller, so that nothing else uses the descriptor meanwhile; the caller waits until the
  /// address is free.
  @Override
  public void close() {
    if (closing.compareAndSet(false, true) && !poller.executeAndWait(this::shutDown)) {
      LOG.log(Level.WARNING, "{0} is still open: a frame handler blocks its poller", address);
    }
  }

  @Override
  public void drain() {
    shutDown();
  }

  @Override
  public void shutDown() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (file != null) {
        file.delete(); // before the socket closes: afterwards another server may take the path
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "removing the file of a listener", e);
    }
    if (watched) {
      poller.forget(descriptor);
    }
    Linux.close(descriptor);
  }
}
