package io.windhover.rpc.client;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Deadline;
import java.util.concurrent.TimeoutException;

/// A connection as a call sees it, whether it has it for itself or shares it.
interface ClientConnection {

  /// Returns the sequence id that the next request is to have. On a shared connection, the reply
  /// finds its call by it.
  int nextSequenceId();

  /// Whether the server has said that it reads compressed requests.
  boolean takesCompressed();

  /// The server has said so.
  void takeCompressed();

  /// Writes `request` and waits for the message that answers it.
  ///
  /// @param request consumed in any case
  /// @return the whole reply, for the caller to release
  /// @throws io.windhover.netpoll.ConnectionClosedException if no byte of the request was sent
  /// @throws ConnectionLostException if the connection closes before the reply is there
  /// @throws TimeoutException if the deadline passes first; a late reply will meet no other call
  /// @throws InterruptedException likewise
  LinkBuffer exchange(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException;

  /// Writes a request that gets no reply.
  ///
  /// @param request consumed in any case
  /// @throws io.windhover.netpoll.ConnectionClosedException if no byte of it was sent
  void send(LinkBuffer request);
}
