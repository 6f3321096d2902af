package io.windhover.rpc.pool;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Deadline;
import java.util.concurrent.TimeoutException;

/// A connection as a call sees it, whether it has it for itself or shares it: one message out, one
/// message back, each with all that the client's protocol puts around it.
///
/// A call asks for a sequence id, then makes one exchange, or sends one request that gets no reply;
/// all on one thread. An RpcException of a connection of the user's passes as it is. Whatever else
/// it throws, be it an Error, counts as its loss after the request was out, since nobody knows:
/// DISCONNECTED, which is not tried again. Only in [#nextSequenceId] nothing is out yet, and the
/// call ends with NOT_SENT. One that never returns holds up its caller's thread, beyond the
/// deadline of the call.
public interface ClientConnection {

  /// Returns the sequence id that the next request is to have, any but 0, which Kitex reserves. On
  /// a shared connection, the reply finds its call by it.
  int nextSequenceId();

  /// Writes `request` and waits for the message that answers it.
  ///
  /// @param request consumed in any case
  /// @return the whole reply, for the caller to release
  /// @throws io.windhover.netpoll.ConnectionClosedException if no byte of the request was sent
  /// @throws ConnectionLostException if the connection closes before the reply is there
  /// @throws TimeoutException if the deadline passes first; a late reply must meet no other call
  /// @throws InterruptedException likewise
  LinkBuffer exchange(LinkBuffer request, Deadline deadline)
      throws TimeoutException, InterruptedException;

  /// Writes a request that gets no reply.
  ///
  /// @param request consumed in any case
  /// @throws io.windhover.netpoll.ConnectionClosedException if no byte of it was sent
  /// @throws TimeoutException if the deadline passes before it could be sent; nothing of it is then
  /// @throws InterruptedException likewise
  void send(LinkBuffer request, Deadline deadline) throws TimeoutException, InterruptedException;
}
