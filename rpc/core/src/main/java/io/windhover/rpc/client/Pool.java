package io.windhover.rpc.client;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The connections of a client to one address.
interface Pool {

  /// How a call left the connection that it had.
  enum Outcome {
    /// Nothing is left on it: another call may have it.
    CLEAN,
    /// What was written shall still arrive, and then nothing more: a oneway call's.
    FLUSH,
    /// Something may be left on it that would meet the next call.
    SPOILT,
    /// The server has said that it is about to close it.
    LEAVING
  }

  /// Returns a live connection, until [#release].
  ///
  /// @param connectTimeout how much of the time until the deadline connecting may take
  /// @throws UnreachableException if there is none, and dialling has failed a moment ago
  /// @throws IOException if a new one could not be had, or this pool is closed
  /// @throws TimeoutException if all are in use until the deadline
  ClientConnection borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException;

  /// Takes back a connection that was borrowed here.
  void release(ClientConnection connection, Outcome outcome);

  /// Dials a connection for the calls to come, unless there are `enough` already, idle or not.
  ///
  /// @return why it failed; null if it did not
  @Nullable IOException addSpare(int enough, Deadline deadline);

  /// Returns how many connections are open now: in use, idle, or being dialled.
  int openConnections();

  /// Returns how many replies have come that no call waited for.
  default long droppedReplies() {
    return 0;
  }

  PoolState state();

  /// Lends no more and closes what is idle; those that are lent, when their calls end. Who waits
  /// for a connection gets an IOException that says why.
  void close(String because);
}
