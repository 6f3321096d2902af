package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.CallDialler;
import io.windhover.rpc.pool.ExclusiveConnection;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/// Makes connections for pools of the user's, which look after them.
final class OrdinaryDialler implements CallDialler, PooledConnection.Owner {

  private static final Lifetime ENDLESS = new Lifetime(0, Long.MAX_VALUE); // up to its pool

  private final PoolParts parts;
  private final SequenceIds sequenceIds = new SequenceIds();

  OrdinaryDialler(PoolParts parts) {
    this.parts = parts;
  }

  @Override
  public ExclusiveConnection dial(SocketAddress address, Deadline deadline, Duration connectTimeout)
      throws IOException {
    var connection =
        new PooledConnection(parts.spec().limits(), parts.spec().formats(), ENDLESS, this);
    long timeout = PoolParts.timeoutNanos(deadline, connectTimeout);
    parts.dialler().dial(address, timeout, false, connection);
    return connection;
  }

  @Override
  public boolean keepsUnused(PooledConnection connection) {
    return false;
  }

  @Override
  public int nextSequenceId() {
    return sequenceIds.next();
  }

  @Override
  public void closed(PooledConnection connection) {}
}
