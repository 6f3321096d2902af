package io.windhover.rpc.pool;

import io.windhover.rpc.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// The connections of a client to one address, for its calls. A client has pools of its own;
/// [io.windhover.rpc.client.ClientBuilder#pools] puts others in their place, and with them, where
/// [ClientConnection] is implemented anew, another way to carry messages: all but compressed, which
/// only connections of a [CallDialler] are. Streams have connections of their own.
///
/// For any thread, many at once. Each call borrows, writes and reads, and releases, on its own
/// thread, which may wait.
///
/// Whatever such a pool does wrong, its caller gets an [io.windhover.rpc.RpcException] that names
/// its class. What [#borrow] throws beyond what stands here, be it an Error, no connection, and one
/// that is lent after the deadline are failures of kind NOT_SENT; an RpcException of the pool's own
/// passes as it is. What [#release] and the others throw is logged. A pool that never returns holds
/// up its caller's thread, beyond the deadline of the call: nobody can end a wait of code that
/// heeds neither time nor interrupts. Only what the virtual machine is at a loss for, such as an
/// OutOfMemoryError, passes as it is.
///
/// @param <C> what it lends, and gets back
public interface Pool<C extends ClientConnection> {

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

  /// Returns a live connection, until [#release], which follows exactly once. A connection that
  /// turns out dead before a byte of the request is out is released, and another one borrowed, up
  /// to four in a row for one call.
  ///
  /// @param connectTimeout how much of the time until the deadline connecting may take
  /// @throws IOException if a new one could not be had, or this pool is closed
  /// @throws TimeoutException if all are in use until the deadline
  /// @throws InterruptedException if the thread was interrupted, which ends the call
  C borrow(Deadline deadline, Duration connectTimeout)
      throws IOException, TimeoutException, InterruptedException;

  /// Takes back a connection that was borrowed here.
  void release(C connection, Outcome outcome);

  /// Lends no more and closes what is idle; those that are lent, when their calls end. Who waits
  /// for a connection gets an IOException that says why.
  void close(String because);

  /// Dials a connection for the calls to come, unless there are `enough` already, idle or not: what
  /// [io.windhover.rpc.client.Client#warmUp] asks for.
  ///
  /// @return why it failed; empty if it did not
  default Optional<IOException> addSpare(int enough, Deadline deadline) {
    return Optional.of(new IOException("this pool connects when calls need it, and not before"));
  }

  /// Returns how many connections are open now: in use, idle, or being dialled. Of very many
  /// addresses that a client calls, those without any are forgotten, and their pools closed.
  int openConnections();

  /// Returns how many replies have come that no call waited for.
  default long droppedReplies() {
    return 0;
  }

  /// Returns what [io.windhover.rpc.client.Client#pools] is to tell of this one; empty if nothing.
  default Optional<PoolState> state() {
    return Optional.empty();
  }
}
