package io.windhover.rpc;

/// One hop of a stream on a server. The innermost runs the handler; each [StreamMiddleware] wraps
/// one more around it. Called from many threads at once.
@FunctionalInterface
public interface StreamEndpoint {

  /// Carries a stream to its end: it ends when this returns, well or with what this throws.
  ///
  /// @param invocation who calls what; its deadline is that of the whole stream
  /// @param stream valid until this returns
  void serve(Invocation invocation, MessageStream stream);
}
