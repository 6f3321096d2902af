package io.windhover.rpc;

/// One hop on a client's way to a new stream. The innermost opens it on a connection; each
/// [StreamMiddleware] wraps one more around it. Called from many threads at once.
@FunctionalInterface
public interface StreamOpener {

  /// Opens a stream.
  ///
  /// @param invocation who calls what; its deadline is that of the whole stream
  /// @throws RpcException if it cannot be opened
  MessageStream open(Invocation invocation);
}
