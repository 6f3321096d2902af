package io.windhover.examples.grpcjava;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.StreamOpener;
import java.util.function.Supplier;

/// What `docs/guides/coming-from-grpc-java.md` shows in the place of CallCredentials.
record BearerToken(Supplier<String> token) implements Middleware, StreamMiddleware {

  @Override
  public Endpoint wrap(Endpoint next) {
    return (call, request) -> next.call(signed(call), request);
  }

  @Override
  public StreamOpener opening(StreamOpener next) {
    return call -> next.open(signed(call));
  }

  private Invocation signed(Invocation call) {
    var signature = Metadata.of("authorization", "Bearer " + token.get());
    return call.withMetadata(signature.with(call.metadata())); // that of the call's own wins
  }
}
