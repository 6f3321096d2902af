package io.windhover.netpoll;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A listening socket on a poller, whatever its back end. When the process is out of descriptors it
/// pauses until the next sweep instead of spinning on the backlog.
abstract sealed class PolledListener implements Listener, PolledSocket.Owner
    permits NioListener, EpollListener {

  private static final System.Logger LOG = System.getLogger(PolledListener.class.getName());
  private static final int MAX_ACCEPTS_PER_TURN = 64;
  private static final int MAX_LAST_TURNS = 64; // a whole backlog, and no flood beyond

  private final PollerLoop poller;
  private final SocketAddress address;
  private final @Nullable SocketFile file;
  private final Consumer<PolledSocket> onAccepted;
  private final AtomicBoolean closing = new AtomicBoolean();

  // The poller's own:
  private boolean paused;
  private boolean closed;

  /// @param address that is bound already
  PolledListener(PollerLoop poller, SocketAddress address, Consumer<PolledSocket> onAccepted)
      throws IOException {
    this.poller = poller;
    this.address = address;
    this.file = address instanceof UnixDomainSocketAddress unix ? SocketFile.bound(unix) : null;
    this.onAccepted = onAccepted;
  }

  static IOException failure(SocketAddress address, Exception cause) {
    var reason =
        cause instanceof IOException && cause.getMessage() != null
            ? cause.getMessage()
            : cause.toString();
    var hint =
        reason.contains("already in use")
            ? " (is this server, or another one, running there?)"
            : "";
    return new IOException("cannot listen on " + address + ": " + reason + hint, cause);
  }

  // ---- what a back end does; on the poller

  /// Begins to hear of connections that wait, or stops to.
  abstract void watch(boolean on) throws IOException;

  /// Accepts one connection and hands it over.
  ///
  /// @return false if none waits
  abstract boolean accept(Consumer<PolledSocket> onAccepted) throws IOException;

  abstract void closeSocket() throws IOException;

  // ---- the life of a listener

  @Override
  public final SocketAddress address() {
    return address;
  }

  /// On the poller.
  final void start() {
    if (!closed) {
      pause(false);
    }
  }

  private void pause(boolean pause) {
    paused = pause;
    try {
      watch(!pause);
    } catch (IOException e) {
      paused = true; // the next sweep tries again
      LOG.log(Level.WARNING, "accepting stays paused: {0}", e.getMessage());
    }
  }

  @Override
  public final void readable() {
    acceptSome();
  }

  /// @return whether more may wait
  private boolean acceptSome() {
    try {
      boolean more = true;
      for (int i = 0; i < MAX_ACCEPTS_PER_TURN && more; i++) {
        more = accept(onAccepted);
      }
      return more;
    } catch (IOException | RuntimeException | Error e) {
      pause(true);
      LOG.log(Level.WARNING, "accepting pauses: {0}", e.toString());
      return false;
    }
  }

  /// An accepted connection has gone before it was looked at.
  static void gone(IOException cause) {
    LOG.log(Level.DEBUG, "an accepted connection was gone", cause);
  }

  @Override
  public final void writable() {}

  @Override
  public final void sweep(long nowNanos) {
    if (paused && !closed) {
      pause(false);
    }
  }

  /// On the poller, so that nothing else uses the socket meanwhile; the caller waits until the
  /// address is free.
  @Override
  public final void close() {
    if (closing.compareAndSet(false, true) && !poller.executeAndWait(this::free)) {
      LOG.log(Level.WARNING, "{0} is still open: a frame handler blocks its poller", address);
    }
  }

  private void free() {
    acceptTheLast();
    shutDown();
    poller.letGoOfClosed();
  }

  /// Who waits in the backlog is connected already, and may have sent a request.
  private void acceptTheLast() {
    boolean more = !closed && !paused;
    for (int turn = 0; more && turn < MAX_LAST_TURNS; turn++) {
      more = acceptSome();
    }
  }

  @Override
  public final void drain() {
    shutDown();
  }

  @Override
  public final void shutDown() {
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
    try {
      closeSocket();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing a listener", e);
    }
  }
}
