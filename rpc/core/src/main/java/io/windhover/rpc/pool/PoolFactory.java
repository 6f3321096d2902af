package io.windhover.rpc.pool;

import java.net.SocketAddress;

/// Makes the pools of a client, in the place of its own: see [Pool].
@FunctionalInterface
public interface PoolFactory {

  /// Returns a new pool. What this throws fails the call that named the address, or the building of
  /// the client. Asked for the client's own address when the client is made, and for others when a
  /// call names them first, on its thread; again for an address whose pool was closed meanwhile. No
  /// lock is held: calls that come first to an address at the same moment ask for a pool each, and
  /// all but one of those are closed unused.
  ///
  /// @param dialler makes connections, if the pool wants ordinary ones
  Pool<?> pool(SocketAddress address, CallDialler dialler);
}
