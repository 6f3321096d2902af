package io.windhover.rpc.connection;

import io.windhover.netpoll.FrameHandler;

/// The handler of a connection that this client dials.
interface DialledConnection extends FrameHandler {

  /// Whether it was there at all, be it closed by now.
  boolean isConnected();

  /// Whether a call or a stream may begin.
  boolean isOpen();

  /// Closes at once, if it was there at all.
  void abort();
}
