package io.windhover.rpc.server;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.thrift.Binary;

/// Runs a [RawHandler], and passes on what another server refused.
record RawEndpoint(RawHandler handler) implements Endpoint {

  @Override
  public Object call(Invocation invocation, Object request) {
    try {
      return handler.call(invocation, (Binary) request);
    } catch (RpcException e) {
      var code = ErrorCode.of(e.remoteCode());
      if (code.isEmpty()) {
        throw e;
      }
      throw code.get()
          .because(
              "the server behind this one answered %s with error %d"
                  .formatted(invocation.name(), e.remoteCode()));
    }
  }
}
