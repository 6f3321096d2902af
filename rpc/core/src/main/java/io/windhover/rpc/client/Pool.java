package io.windhover.rpc.client;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

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
  /// @throws IOException if a new one could not be had, or this client is closed
  /// @throws TimeoutException if all are in use until the deadline
  ClientConnection borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException;

  /// Takes back a connection that was borrowed here.
  void release(ClientConnection connection, Outcome outcome);

  /// Returns how many connections are open now, in use or idle.
  int openConnections();

  /// Returns how many replies have come that no call waited for.
  default long droppedReplies() {
    return 0;
  }

  boolean isClosed();

  /// Lends no more; who waits for a connection gets an IOException.
  void close();
}
