package io.windhover.rpc.connection;

import io.windhover.rpc.pool.ClientConnection;

/// A connection that remembers whether its server reads compressed requests. What users implement
/// does not: requests go over it as they are.
public interface CompressingConnection extends ClientConnection {

  /// Whether the server has said, on this connection, that it reads compressed requests.
  boolean takesCompressed();

  /// The server has said so.
  void takeCompressed();
}
