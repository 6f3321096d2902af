package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.StreamMiddleware;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server has for its callers, and how they find it.
///
/// @param services all of them
/// @param fallback the one of them that answers callers that name none, where several could; null
///   for none
/// @param requireServiceName whether callers that name none are refused
/// @param unknown what answers calls of unknown services and methods; null for an error
/// @param middleware around all calls, outermost first
/// @param streamMiddleware around all streams, outermost first
public record Routing(
    List<Service> services,
    @Nullable Service fallback,
    boolean requireServiceName,
    @Nullable Endpoint unknown,
    List<Middleware> middleware,
    List<StreamMiddleware> streamMiddleware) {

  public Routing {
    services = List.copyOf(services);
    middleware = List.copyOf(middleware);
    streamMiddleware = List.copyOf(streamMiddleware);
    if (services.isEmpty() && unknown == null) {
      throw new IllegalArgumentException(
          "a server needs at least one service: add service(YourService.serve(handler))");
    }
  }

  Endpoint around(Endpoint handler) {
    return Endpoint.chain(middleware, handler);
  }

  StreamEndpoint aroundStream(StreamEndpoint handler) {
    return StreamMiddleware.chain(streamMiddleware, handler);
  }

  boolean isFallback(String service) {
    return fallback != null && fallback.name().equals(service);
  }
}
