package io.windhover.rpc.server;

import io.windhover.netpoll.FrameHandler;

/// The server's end of a connection of one kind.
interface ServedConnection extends FrameHandler {

  /// Serves what has arrived, tells the peer to go elsewhere if the protocol can, and closes. Any
  /// thread; a second time changes nothing.
  void drain();
}
