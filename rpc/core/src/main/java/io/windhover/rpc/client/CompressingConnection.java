package io.windhover.rpc.client;

/// A connection that remembers whether its server reads compressed requests. What users implement
/// does not: requests go over it as they are.
interface CompressingConnection extends ClientConnection {

  /// Whether the server has said, on this connection, that it reads compressed requests.
  boolean takesCompressed();

  /// The server has said so.
  void takeCompressed();
}
