package io.windhover.rpc.server;

import io.windhover.netpoll.FrameHandler;

/// The server's end of a connection of one kind.
interface ServedConnection extends FrameHandler {

  /// Makes what the peer sends next its last, and closes after that. Any thread; a second time
  /// changes nothing.
  ///
  /// A peer that sends at this moment cannot know yet: it is answered all the same.
  void finish();

  /// Serves what has arrived, tells the peer to go elsewhere if the protocol can, and closes. Any
  /// thread; a second time changes nothing.
  void drain();

  /// Interrupts the calls that run; those that say so at once may still tell their callers. Any
  /// thread. The connection closes soon after, in any case.
  default void cancel() {}
}
