package io.windhover.rpc.connection;

import io.windhover.netpoll.FrameHandler;

/// The handler of a connection that this client dials.
interface DialledConnection extends FrameHandler {

  /// Whether it was there at all, be it closed by now.
  boolean isConnected();

  /// Whether a call or a stream may begin.
  boolean isOpen();

  /// Closes at once, also if it is there only later: who dials may have given it up by then.
  void abort();
}
