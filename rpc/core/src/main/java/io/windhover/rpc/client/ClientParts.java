package io.windhover.rpc.client;

import static java.util.Objects.requireNonNull;

import io.windhover.netpoll.PollerGroup;
import io.windhover.rpc.TimeSource;
import java.net.SocketAddress;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What users put in the place of parts of a client.
///
/// @param dialler what becomes of the client's own; null if it stays
/// @param pools in the place of the client's own; null if they stay
/// @param time of deadlines, and of all that calls and pools wait for
record ClientParts(
    @Nullable UnaryOperator<Dialler> dialler, @Nullable PoolFactory pools, TimeSource time) {

  Dialler diallerOf(PollerGroup pollers) {
    return dialler == null ? pollers::dial : dialler.apply(pollers::dial);
  }

  /// Returns what makes the pool of an address.
  Function<SocketAddress, Pool<? extends CompressingConnection>> poolsOf(
      ClientOptions options, PoolParts parts) {
    if (pools != null) {
      var dialler = new OrdinaryDialler(options, parts);
      return address -> new ForeignPool<>(requireNonNull(pools.pool(address, dialler)));
    }
    return options.multiplexed() > 0
        ? address -> new MuxPool(options, address, parts)
        : address -> new ExclusivePool(options, address, parts);
  }

  /// Returns how many unused connections a pool keeps; those of users' are not judged.
  int mostSpares(ClientOptions options) {
    if (pools != null) {
      return Integer.MAX_VALUE;
    }
    var pool = options.pool();
    return options.multiplexed() > 0
        ? options.multiplexed()
        : Math.min(pool.maxConnections(), Math.min(pool.maxIdle(), pool.maxIdleOverall()));
  }
}
