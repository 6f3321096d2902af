package io.windhover.rpc.client;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/// Makes connections for foreign pools, which look after them.
final class OrdinaryDialler implements CallDialler, PooledConnection.Owner {

  private final ClientOptions options;
  private final PoolParts parts;
  private final SequenceIds sequenceIds = new SequenceIds();

  OrdinaryDialler(ClientOptions options, PoolParts parts) {
    this.options = options;
    this.parts = parts;
  }

  @Override
  public ExclusiveConnection dial(SocketAddress address, Deadline deadline, Duration connectTimeout)
      throws IOException {
    var connection = new PooledConnection(options.limits(), options.formats(), 0, 0, this);
    parts.dial(address, PoolParts.timeoutNanos(deadline, connectTimeout), connection);
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
