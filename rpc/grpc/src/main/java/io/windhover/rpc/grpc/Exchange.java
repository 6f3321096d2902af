package io.windhover.rpc.grpc;

/// A call, or a stream, that is under way on a server.
sealed interface Exchange extends GrpcExchange, Serving permits UnaryExchange, StreamExchange {

  /// That of the handler that runs.
  ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();
}
