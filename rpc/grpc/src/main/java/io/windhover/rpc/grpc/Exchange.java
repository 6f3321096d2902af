package io.windhover.rpc.grpc;

import io.windhover.http2.StreamListener;

/// A call, or a stream, that is under way on a server.
sealed interface Exchange extends GrpcExchange, StreamListener
    permits UnaryExchange, StreamExchange {

  /// That of the handler that runs.
  ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  /// A second or so has passed, and its stream is open. On the poller.
  void swept();

  /// Interrupts the handler: the server stops. Any thread; a second time changes nothing.
  void cancelHandler();
}
