package io.windhover.rpc.pool;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/// Makes connections for calls, in the client's protocol and by its [Dialler]: what a [Pool] of the
/// user's gets, so that it need not know how messages are framed. For any thread.
@FunctionalInterface
public interface CallDialler {

  /// Connects. The connection is the pool's to close.
  ///
  /// @param address the pool's, or another
  /// @param connectTimeout how much of the time until the deadline it may take
  /// @throws IOException if it failed: [Dialler#dial] says how
  ExclusiveConnection dial(SocketAddress address, Deadline deadline, Duration connectTimeout)
      throws IOException;
}
