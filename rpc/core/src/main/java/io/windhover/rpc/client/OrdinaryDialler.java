package io.windhover.rpc.client;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Makes connections for foreign pools, which look after them.
final class OrdinaryDialler implements CallDialler, PooledConnection.Owner {

  private final ClientOptions options;
  private final Dialler dialler;
  private final SequenceIds sequenceIds = new SequenceIds();

  OrdinaryDialler(ClientOptions options, Dialler dialler) {
    this.options = options;
    this.dialler = dialler;
  }

  @Override
  public ExclusiveConnection dial(SocketAddress address, Deadline deadline, Duration connectTimeout)
      throws IOException {
    long most = TimeUnit.NANOSECONDS.convert(connectTimeout);
    var timeout = Duration.ofNanos(Math.clamp(deadline.remainingNanos(), 1, most));
    var connection = new PooledConnection(options.limits(), 0, 0, this);
    boolean connected = false;
    try {
      dialler.dial(address, timeout, options.connection(), connection);
      connection.failIfNotConnected();
      connected = true;
      return connection;
    } finally {
      if (!connected) {
        connection.giveUp();
      }
    }
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
