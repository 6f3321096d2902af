package io.windhover.rpc.server;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Service;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.call.RawCall;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what runs a method. Immutable once made, so any thread may ask.
///
/// A caller that names a service gets that one or an error: a name that is not here never leads to
/// another service that happens to have such a method, as it does with Kitex. For a service under
/// two names there is [Service#named].
final class Router {

  /// A method of one service, with the middleware around its handler.
  record Route(String service, Method<CallCodec> method, Endpoint endpoint) {}

  private final Routing routing;
  private final Map<String, Map<String, Route>> routesByService = new HashMap<>();
  private final Map<String, Route> routesByMethod = new HashMap<>(); // for callers that name none
  private final @Nullable Endpoint unknown;

  /// @throws IllegalArgumentException if two services have the same name, or it is not clear which
  ///   of them answers a caller that names none
  Router(Routing routing) {
    this.routing = routing;
    var handler = routing.unknown();
    this.unknown = handler == null ? null : routing.around(new RawEndpoint(handler));
    var owners = new HashMap<String, Operation>();
    for (var service : routing.services()) {
      var routes = new HashMap<String, Route>();
      if (routesByService.put(service.name(), routes) != null) {
        throw new IllegalArgumentException("two services are named " + service.name());
      }
      for (var operation : service.operations()) {
        var route = route(service.name(), operation);
        routes.put(route.method().name(), route);
        addUnnamed(route, operation, owners);
      }
    }
  }

  /// For callers that name no service.
  private void addUnnamed(Route route, Operation operation, Map<String, Operation> owners) {
    var method = route.method().name();
    var other = routesByMethod.get(method);
    var fallback = routing.fallback();
    if (other == null || fallback != null && fallback.name().equals(route.service())) {
      owners.put(method, operation);
      routesByMethod.put(method, route);
    } else if (!operation.equals(owners.get(method)) && !isDecided(method)) {
      throw new IllegalArgumentException(
          "method %s is in services %s and %s, and callers over Framed or Buffered name none (expected: one of the two as fallbackService(...), or requireServiceName(true))"
              .formatted(method, other.service(), route.service()));
    }
  }

  /// Whether it is clear who answers a caller of this method that names no service.
  private boolean isDecided(String method) {
    var fallback = routing.fallback();
    return routing.requireServiceName()
        || fallback != null
            && fallback.operations().stream().anyMatch(it -> it.method().name().equals(method));
  }

  @SuppressWarnings("unchecked") // the codec is checked here
  private Route route(String service, Operation operation) {
    var method = operation.method();
    if (!(method.codec() instanceof CallCodec)) {
      throw new IllegalArgumentException(
          "%s/%s is not a Thrift method".formatted(service, method.name()));
    }
    return new Route(service, (Method<CallCodec>) method, routing.around(operation.endpoint()));
  }

  /// @param service the name that the caller gave; null if its protocol carries none, and then the
  ///   method alone decides
  /// @param oneway whether the caller waits for no reply
  /// @throws WireException if there is no such service or method
  Route find(@Nullable String service, String method, boolean oneway) {
    if (service == null && routing.requireServiceName()) {
      throw new WireException(
          ErrorCode.NO_SERVICE_NAME,
          "this server wants to know the service of %s: call it over TTHeader, which names the service"
              .formatted(PeerText.shortened(method)));
    }
    var routes = service == null ? routesByMethod : routesByService.get(service);
    var route = routes == null ? null : routes.get(method);
    if (route != null) {
      return route;
    }
    if (unknown != null) {
      var raw = new Method<CallCodec>(method, oneway, RawCall.CODEC);
      return new Route(service == null ? "" : service, raw, unknown);
    }
    throw service != null && routes == null
        ? unknownService(service)
        : unknownMethod(service, method);
  }

  private WireException unknownService(String service) {
    return new WireException(
        ErrorCode.UNKNOWN_SERVICE,
        "unknown service %s (this server has: %s)"
            .formatted(PeerText.shortened(service), serviceNames()));
  }

  private WireException unknownMethod(@Nullable String service, String method) {
    var shortened = PeerText.shortened(method);
    return new WireException(
        ErrorCode.UNKNOWN_METHOD,
        service == null
            ? "unknown method %s (services here: %s)".formatted(shortened, serviceNames())
            : "unknown method %s of service %s".formatted(shortened, service));
  }

  /// Returns what is served, for people to read.
  String serviceNames() {
    return String.join(", ", routesByService.keySet().stream().sorted().toList());
  }
}
