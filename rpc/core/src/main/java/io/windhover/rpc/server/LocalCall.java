package io.windhover.rpc.server;

import io.windhover.rpc.server.dispatch.CallSlot;
import io.windhover.rpc.transport.Stoppable;

/// A call or stream in process, which has no connection that could end under it.
///
/// @param lost tells its caller that the server has stopped, and the handler goes on
record LocalCall(CallSlot slot, Runnable lost) implements Stoppable {

  @Override
  public void finish() {}

  @Override
  public void drain() {}

  @Override
  public void cancel() {
    slot.close();
  }

  /// The server has stopped.
  void lose() {
    lost.run();
  }
}
