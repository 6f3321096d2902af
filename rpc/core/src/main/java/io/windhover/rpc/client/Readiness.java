package io.windhover.rpc.client;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.connection.Connections;
import io.windhover.rpc.connection.ForgottenException;
import io.windhover.rpc.connection.RemovedException;
import io.windhover.rpc.pool.PoolState;
import io.windhover.rpc.wire.ExtensionFailedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// What becomes of a call that got no connection: it fails, or [waits][CallOptions#waitForReady]
/// until another try is worth it.
final class Readiness {

  private Readiness() {}

  /// Returns when a connection may be had again, as far as is known.
  ///
  /// @param failure why there is none: an [IOException], [TimeoutException] or
  ///   [InterruptedException]
  /// @throws io.windhover.rpc.RpcException if the call does not wait, or its time is over
  static void awaitOrFail(
      Attempt attempt, Exception failure, Connections connections, PoolState.Use use) {
    if (!isWorthWaiting(attempt, failure) || connections.isClosed()) {
      throw Failures.noConnection(attempt, failure, connections.isClosed());
    }
    var until = until(attempt);
    try {
      connections.awaitReachable(attempt.invocation().remoteAddress(), use, until);
    } catch (ForgottenException e) {
      return; // the next pool of the address may have one
    } catch (IOException | InterruptedException e) {
      throw Failures.noConnection(attempt, e, connections.isClosed());
    }
    if (until.hasPassed()) {
      throw Failures.notReachable(attempt, failure);
    }
  }

  /// Not what a mistake in the user's code has brought about, nor an interrupt, nor for an address
  /// that is gone.
  private static boolean isWorthWaiting(Attempt attempt, Exception failure) {
    return failure instanceof IOException
        && (failure instanceof SocketTimeoutException
            || !(failure instanceof InterruptedIOException))
        && !(failure instanceof RemovedException)
        && !(failure.getCause() instanceof ExtensionFailedException)
        && attempt.invocation().options().waitForReady().orElse(false);
  }

  /// A stream without a deadline waits no longer than a call may take.
  private static Deadline until(Attempt attempt) {
    var invocation = attempt.invocation();
    Duration most = invocation.options().timeout().orElse(ClientOptions.TIMEOUT);
    var deadline = invocation.deadline();
    return deadline.orEarlier(Deadline.after(most, attempt.startNanos(), deadline.time()));
  }
}
