package io.windhover.rpc.transport;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.RpcException;

/// Lets a stream begin again that is open here, but with which the server has surely not begun.
@FunctionalInterface
public interface Reopener {

  /// Finds another connection for the stream, which then [begins][CallingConnection#reopen] there;
  /// waits as opening one does, and tries as many connections.
  ///
  /// @param stream as [CallingConnection#open] has returned it
  /// @param why it has to
  /// @throws RpcException if it could not begin
  void reopen(Invocation invocation, MessageStream stream, NotBegunException why);
}
