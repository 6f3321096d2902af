package io.windhover.rpc.connection;

import io.windhover.rpc.pool.PoolState;

/// The sums of a pool, as they grow. Guarded by its lock.
final class PoolCounters {
  long borrowed;
  long waited;
  long dialled;
  long dialsFailed;
  long refused;
  long closedOld;
  long closedSurplus;

  PoolState.Counters snapshot() {
    return new PoolState.Counters(
        borrowed, waited, dialled, dialsFailed, refused, closedOld, closedSurplus);
  }
}
