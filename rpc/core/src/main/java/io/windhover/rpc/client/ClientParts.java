package io.windhover.rpc.client;

import io.windhover.rpc.TimeSource;
import io.windhover.rpc.pool.Dialler;
import io.windhover.rpc.pool.PoolFactory;
import io.windhover.rpc.transport.ClientTransport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What users put in the place of parts of a client.
///
/// @param dialler what becomes of the client's own; null if it stays
/// @param pools in the place of the client's own; null if they stay
/// @param transport in the place of all protocols that are built in; null if they stay
/// @param time of deadlines, and of all that calls and pools wait for
record ClientParts(
    @Nullable UnaryOperator<Dialler> dialler,
    @Nullable PoolFactory pools,
    @Nullable ClientTransport transport,
    TimeSource time) {

  /// Returns how many unused connections a pool keeps; those of users' are not judged.
  int mostSpares(ClientOptions options) {
    if (pools != null) {
      return Integer.MAX_VALUE;
    }
    if (transport != null) {
      return options.streamConnections();
    }
    var pool = options.pool();
    return options.multiplexed() > 0
        ? options.multiplexed()
        : Math.min(pool.maxConnections(), Math.min(pool.maxIdle(), pool.maxIdleOverall()));
  }
}
