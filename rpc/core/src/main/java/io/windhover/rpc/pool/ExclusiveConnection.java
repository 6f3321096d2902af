package io.windhover.rpc.pool;

/// A connection that carries one call at a time, over a socket as a rule: what a [CallDialler]
/// makes for a pool to lend. It closes by itself when its peer does, and when no call has used it
/// for the client's idle timeout.
public interface ExclusiveConnection extends ClientConnection {

  /// Whether a call may have it: known without a look at the socket.
  boolean isOpen();

  /// Sends what is unsent, then closes.
  void close();

  /// Closes at once; what is unsent is dropped.
  void abort();
}
