package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.server.dispatch.RequestBudget;
import java.util.concurrent.locks.LockSupport;

/// How a connection ends on which nothing can be answered any more.
final class LastResort {

  private static final int MAX_ABORTS = 100;
  private static final long ABORT_PAUSE_NANOS = 10_000_000;

  private LastResort() {}

  /// Of a request that is over the budget.
  ///
  /// @param frame released here
  static void refuse(Connection connection, LinkBuffer frame, RequestBudget budget) {
    int bytes = frame.size();
    frame.release();
    connection.abort();
    budget.refused(bytes, connection.remoteAddress());
  }

  /// Even if there is no memory for that just now.
  static void abort(Connection connection) {
    for (int tries = 1; ; tries++) {
      try {
        connection.abort();
        return;
      } catch (OutOfMemoryError e) {
        if (tries == MAX_ABORTS) {
          throw e;
        }
        LockSupport.parkNanos(ABORT_PAUSE_NANOS);
      }
    }
  }
}
