package io.windhover.rpc.connection;

import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.wire.ExtensionFailedException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The handler of a connection that this client dials.
interface DialledConnection extends FrameHandler {

  /// Whether it was there at all, be it closed by now.
  boolean isConnected();

  /// Returns what code of the user's that serves it did wrong; null if nothing.
  default @Nullable ExtensionFailedException failure() {
    return null;
  }

  /// Waits, once it is there, until the server has shown that it serves what this is for; returns
  /// at once where servers do not by themselves.
  ///
  /// @throws IOException if it does not, or not in time
  default void awaitReady(Duration timeout) throws IOException, InterruptedException {}

  /// Whether a call or a stream may begin.
  boolean isOpen();

  /// Closes at once, also if it is there only later: who dials may have given it up by then.
  void abort();
}
