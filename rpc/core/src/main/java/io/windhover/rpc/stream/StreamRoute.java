package io.windhover.rpc.stream;

import io.windhover.rpc.Method;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.call.CallCodec;

/// A method of streams of one service, with the middleware around its handler.
public record StreamRoute(String service, Method<?> method, StreamEndpoint endpoint) {

  /// Returns the method's codec.
  ///
  /// @throws WireException if it is no method of Thrift
  CallCodec thrift() {
    if (method.codec() instanceof CallCodec codec) {
      return codec;
    }
    throw new WireException(
        ErrorCode.INVALID_PROTOCOL,
        "%s/%s is not a method of Thrift".formatted(service, method.name()));
  }
}
