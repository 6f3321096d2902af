package io.windhover.rpc.transport;

import io.windhover.netpoll.CloseReason;

/// Told of each connection of a server, whatever its protocol: when it opens, of each frame that
/// arrives, and when it closes. It may refuse a connection at any of these; the methods of one that
/// only looks return true. Calls in the same process have no connection and no filter.
///
/// All methods are called on the connection's poller and must not wait, since all other connections
/// of that poller would too. Those of one connection come one at a time, those of several
/// connections at once. What a method throws ends its connection, and the log has a line of it, one
/// a second at most.
public interface ConnectionFilter {

  /// A connection is there, its TLS handshake done; nothing of it was read yet. The filters are
  /// asked in the order in which they were added.
  ///
  /// @return whether it may stay. If not, it closes at once, and no filter hears of it again but
  ///   those that let it in
  default boolean opened(AcceptedConnection connection) {
    return true;
  }

  /// A frame is whole and was not looked at yet: a request, or what else the protocol has, such as
  /// a frame of a stream. The filters are asked in the order in which they were added.
  ///
  /// @param bytes of all of it, as it lies in the stream
  /// @return whether it may go on. If not, the connection closes at once: calls under way on it are
  ///   cancelled, and what is unsent is dropped
  default boolean received(AcceptedConnection connection, int bytes) {
    return true;
  }

  /// A connection that this filter has let in is gone; told once, and last. The filters are told in
  /// the reverse order.
  default void closed(AcceptedConnection connection, CloseReason reason) {}
}
