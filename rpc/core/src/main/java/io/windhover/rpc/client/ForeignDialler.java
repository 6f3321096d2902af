package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/// A dialler of the user's: what it throws is a failed dial.
record ForeignDialler(Dialler dialler) implements Dialler {

  @Override
  public void dial(
      SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler)
      throws IOException {
    try {
      dialler.dial(address, timeout, options, handler);
    } catch (RuntimeException e) {
      throw ForeignException.thrownBy("the dialler", e);
    }
  }
}
