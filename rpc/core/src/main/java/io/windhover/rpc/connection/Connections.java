package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;

/// All connections of a client, in a pool or two for each address that it calls. For any thread.
public sealed interface Connections extends AutoCloseable
    permits BuiltInConnections, TransportConnections {

  /// Returns the pool for calls to the client's own address.
  ///
  /// @throws IOException if the user's factory of pools fails
  AddressPool ownForCalls() throws IOException;

  /// Returns the pool for streams to the client's own address.
  AddressPool ownForStreams();

  /// Waits until a connection to an address may be had again, for a call or a stream that got none.
  /// May return for no reason.
  ///
  /// @throws ForgottenException if its pool has been forgotten meanwhile, and the next one may
  /// @throws IOException if too many wait already, the address is removed meanwhile, or the waiting
  ///   thread was interrupted
  void awaitReachable(SocketAddress address, PoolState.Use use, Deadline deadline)
      throws IOException, InterruptedException;

  /// Returns the state of each pool: those for calls, that of the client's own address first, and
  /// those for streams likewise.
  List<PoolState> states();

  /// Returns how many connections are open now: in use, idle, or being dialled.
  int open();

  /// Returns how many replies have come that no call waited for.
  long droppedReplies();

  /// Closes the connections to an address, each once it is unused.
  void remove(SocketAddress address);

  boolean isClosed();

  @Override
  void close();
}
