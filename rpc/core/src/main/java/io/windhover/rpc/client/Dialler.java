package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/// Makes connections, as [io.windhover.netpoll.PollerGroup#dial] does.
@FunctionalInterface
interface Dialler {

  /// Returns once the connection is there and `handler` was told of it.
  void dial(
      SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler)
      throws IOException;
}
