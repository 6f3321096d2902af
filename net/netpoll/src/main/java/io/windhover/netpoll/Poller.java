package io.windhover.netpoll;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What a back end provides: one [PollerThread] that waits for many sockets and tells their owners
/// what they can do. The seam between this package's logic and an operating system's way to wait.
///
/// Whatever an owner or a task throws, the thread goes on.
interface Poller extends AutoCloseable {

  /// How long others wait for pollers that a frame handler may block.
  Duration WAIT_LIMIT = Duration.ofSeconds(5);

  /// Starts pollers of one back end.
  @FunctionalInterface
  interface Starter {

    /// @param sweepNanos how often, by `nanoClock`, owners are asked to look at their timeouts
    Poller start(String threadName, LongSupplier nanoClock, long sweepNanos) throws IOException;
  }

  /// Told on the poller how connecting a socket ended, once; perhaps not if it was closed before.
  interface Connecting {

    void connected(PolledSocket socket);

    /// The socket is closed.
    void failed(IOException cause);

    /// The poller closes, and the socket is closed.
    void shutDown();
  }

  /// Whether the calling thread is this poller's.
  boolean isCurrentThread();

  /// Runs `task` on this poller's thread, soon and in order. Any thread.
  ///
  /// @return false if the poller is closed and the task will never run
  boolean execute(Runnable task);

  /// Begins to connect and tells `connecting` how it ended, perhaps before this returns. Called in
  /// a task of this poller; the caller may close the socket before it has ended.
  ///
  /// @throws IOException if it fails at once; `connecting` is then not told
  PolledSocket connect(SocketAddress address, Connecting connecting) throws IOException;

  /// Makes `owner` hear of what `socket` can do. Called on this poller; the socket comes from
  /// [#connect] of this poller or a [Listener] of the same back end.
  ///
  /// @throws IOException if the socket is gone; `owner` is then never told anything
  void adopt(PolledSocket socket, PolledSocket.Owner owner) throws IOException;

  /// Binds and listens. Any thread.
  ///
  /// @param onAccepted told of each new connection, on this poller
  Listener listen(SocketAddress address, ListenerOptions options, Consumer<PolledSocket> onAccepted)
      throws IOException;

  /// Closes all listeners, tells everyone who connects that there is no time any more and asks
  /// every owner to drain, soon. Any thread.
  ///
  /// @param begun run once all listeners are closed
  void beginDrain(Runnable begun);

  /// Begins to stop and returns at once. Every owner and everyone who connects is told.
  void beginClose();

  /// Waits until the thread has ended, once [#beginClose] was called. An interrupt ends the wait
  /// early and stays; called on the thread, it does not wait.
  void awaitEnd(Deadline deadline);

  /// Stops, and waits for that, 5 s at most.
  @Override
  default void close() {
    beginClose();
    awaitEnd(Deadline.after(WAIT_LIMIT));
  }
}
