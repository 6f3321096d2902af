package io.windhover.interop;

import java.net.InetSocketAddress;

/// A running server of the whole IDL.
interface Peer extends AutoCloseable {
  /// Name and version.
  String name();

  /// Serves interop.thrift and older/orders.thrift.
  InetSocketAddress main();

  /// Serves newer/orders.thrift.
  InetSocketAddress newer();

  @Override
  void close();
}
