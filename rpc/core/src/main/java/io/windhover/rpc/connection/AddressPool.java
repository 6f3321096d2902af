package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.util.Optional;

/// What a client does with the pool of an address, be it for calls or for streams.
public interface AddressPool {

  /// Lends no more, and closes each connection once it is unused.
  void close(String because);

  /// The same since its address is removed. Who waits for a connection gets a [RemovedException].
  void remove();

  /// The same of a pool that has no connection, for there are too many addresses. Who asks for one
  /// all the same gets a [ForgottenException].
  void forget();

  /// Dials a connection ahead of need, unless there are `enough` already.
  ///
  /// @return why it failed; empty if it did not
  Optional<IOException> addSpare(int enough, Deadline deadline);

  /// Waits until a connection may be had again, for a call that got none; dials now and then to
  /// find out. May return for no reason.
  ///
  /// @throws IOException if too many wait already, the pool is closed meanwhile, or the waiting
  ///   thread was interrupted
  void awaitReachable(Deadline deadline) throws IOException, InterruptedException;

  /// Returns how many connections are open now: in use, idle, or being dialled.
  int openConnections();

  /// Whether no connection is open, and nobody waits for one.
  boolean isUnused();
}
