package io.windhover.examples.grpcjava;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcException;
import java.util.Map;

/// What `docs/guides/coming-from-grpc-java.md` shows in the place of a ServerInterceptor.
record Authentication(Map<String, String> userByToken) implements Middleware, StreamMiddleware {

  static final ScopedValue<String> USER = ScopedValue.newInstance();

  @Override
  public Endpoint wrap(Endpoint next) {
    return (call, request) ->
        ScopedValue.where(USER, user(call)).call(() -> next.call(call, request));
  }

  @Override
  public StreamEndpoint serving(StreamEndpoint next) {
    return (call, stream) ->
        ScopedValue.where(USER, user(call)).run(() -> next.serve(call, stream));
  }

  private String user(Invocation call) {
    var signature = call.metadata().get("authorization").orElse("");
    var user = userByToken.get(signature.replaceFirst("^Bearer ", ""));
    if (user == null) {
      throw new GrpcException(GrpcCode.UNAUTHENTICATED, "no token, or one that nobody has");
    }
    return user;
  }
}
