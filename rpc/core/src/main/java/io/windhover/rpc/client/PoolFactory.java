package io.windhover.rpc.client;

import java.net.SocketAddress;

/// Makes the pools of a client, in the place of its own: see [Pool].
@FunctionalInterface
public interface PoolFactory {

  /// Returns a new pool. Asked for the client's own address when the client is made, and for others
  /// when a call names them first; again for an address whose pool was closed meanwhile.
  ///
  /// @param dialler makes connections, if the pool wants ordinary ones
  Pool pool(SocketAddress address, CallDialler dialler);
}
