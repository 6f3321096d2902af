package io.windhover.examples.readme;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.CallDialler;
import io.windhover.rpc.pool.ExclusiveConnection;
import io.windhover.rpc.pool.Pool;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/// Dials for each call, and closes after it.
record ShortPool(SocketAddress address, CallDialler dialler) implements Pool<ExclusiveConnection> {

  @Override
  public ExclusiveConnection borrow(Deadline deadline, Duration connectTimeout) throws IOException {
    return dialler.dial(address, deadline, connectTimeout);
  }

  @Override
  public void release(ExclusiveConnection connection, Outcome outcome) {
    switch (outcome) {
      case CLEAN, FLUSH -> connection.close(); // once all is sent
      case SPOILT, LEAVING -> connection.abort();
    }
  }

  @Override
  public void close(String because) {} // keeps nothing

  @Override
  public int openConnections() {
    return 0; // that would be lost if this pool is forgotten
  }
}
