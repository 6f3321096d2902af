package io.windhover.rpc.server;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Method;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Service;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.call.CallCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what runs a method. Immutable once made, so any thread may ask.
final class Router {

  /// A method of one service, with the middleware around its handler.
  record Route(String service, Method<CallCodec> method, Endpoint endpoint) {}

  private final Map<String, Map<String, Route>> routesByService = new HashMap<>();
  private final Map<String, Route> routesByMethod = new HashMap<>(); // null: in several services

  /// @throws IllegalArgumentException if there is no service, or two have the same name
  Router(List<Service> services, List<Middleware> middleware) {
    if (services.isEmpty()) {
      throw new IllegalArgumentException(
          "a server needs at least one service: add service(YourService.serve(handler))");
    }
    for (var service : services) {
      var routes = new HashMap<String, Route>();
      for (var operation : service.operations()) {
        var route = route(service.name(), operation, middleware);
        var method = operation.method().name();
        routes.put(method, route);
        routesByMethod.put(method, routesByMethod.containsKey(method) ? null : route);
      }
      if (routesByService.put(service.name(), routes) != null) {
        throw new IllegalArgumentException("two services are named " + service.name());
      }
    }
  }

  @SuppressWarnings("unchecked") // the codec is checked here
  private static Route route(String service, Operation operation, List<Middleware> middleware) {
    var method = operation.method();
    if (!(method.codec() instanceof CallCodec)) {
      throw new IllegalArgumentException(
          "%s/%s is not a Thrift method".formatted(service, method.name()));
    }
    return new Route(
        service, (Method<CallCodec>) method, Endpoint.chain(middleware, operation.endpoint()));
  }

  /// @param service the name that the caller gave; null if its protocol carries none, and then the
  ///   method alone decides
  /// @throws WireException if there is no such service or method, or it is not clear which
  Route find(@Nullable String service, String method) {
    return service == null ? inAnyService(method) : inService(service, method);
  }

  private Route inService(String service, String method) {
    var routes = routesByService.get(service);
    if (routes == null) {
      throw new WireException(
          ErrorCode.UNKNOWN_SERVICE,
          "unknown service %s (this server has: %s)"
              .formatted(PeerText.shortened(service), serviceNames()));
    }
    var route = routes.get(method);
    if (route == null) {
      throw new WireException(
          ErrorCode.UNKNOWN_METHOD,
          "unknown method %s of service %s".formatted(PeerText.shortened(method), service));
    }
    return route;
  }

  private Route inAnyService(String method) {
    var route = routesByMethod.get(method);
    if (route != null) {
      return route;
    }
    if (routesByMethod.containsKey(method)) {
      throw new WireException(
          ErrorCode.NO_SERVICE_NAME,
          "method %s is in several services of this server: call it over TTHeader, which names the service"
              .formatted(method));
    }
    throw new WireException(
        ErrorCode.UNKNOWN_METHOD,
        "unknown method %s (services here: %s)"
            .formatted(PeerText.shortened(method), serviceNames()));
  }

  private String serviceNames() {
    return String.join(", ", routesByService.keySet().stream().sorted().toList());
  }
}
