package io.windhover.rpc.server.dispatch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The methods of one kind, calls or streams, that a server has, by service and name.
///
/// @param <R> what is found
final class RouteTable<R> {

  /// What answers callers that name no service.
  private record Unnamed<R>(String service, Object operation, R route) {}

  private final Routing routing;
  private final String whoNamesNone;
  private final Map<String, Map<String, R>> byService = new HashMap<>();
  private final Map<String, Unnamed<R>> byMethod = new HashMap<>();
  private final Set<String> shared =
      new HashSet<>(); // methods that callers must name the service of

  /// @param whoNamesNone says which callers need not name a service
  RouteTable(Routing routing, String whoNamesNone) {
    this.routing = routing;
    this.whoNamesNone = whoNamesNone;
  }

  /// @param operation the same for two services if it does not matter which of them is found
  /// @throws IllegalArgumentException if it is not clear who answers a caller that names none
  void add(String service, String method, Object operation, R route) {
    put(service, method, route);
    var other = byMethod.get(method);
    if (other == null || routing.isFallback(service)) {
      byMethod.put(method, new Unnamed<>(service, operation, route));
    } else if (!operation.equals(other.operation)
        && !routing.requireServiceName()
        && !routing.isFallback(other.service)) {
      throw new IllegalArgumentException(
          "method %s is in services %s and %s, and %s (expected: one of the two as fallbackService(...), or requireServiceName(true))"
              .formatted(method, other.service, service, whoNamesNone));
    }
  }

  /// The same of a method whose callers can name its service: if two have it, and none of them is
  /// the fallback, who does not name one finds none.
  void addNamed(String service, String method, Object operation, R route) {
    put(service, method, route);
    var other = byMethod.get(method);
    if (other == null ? !shared.contains(method) : routing.isFallback(service)) {
      byMethod.put(method, new Unnamed<>(service, operation, route));
    } else if (other != null
        && !operation.equals(other.operation)
        && !routing.isFallback(other.service)) {
      byMethod.remove(method);
      shared.add(method);
    }
  }

  private void put(String service, String method, R route) {
    byService.computeIfAbsent(service, _ -> new HashMap<>()).put(method, route);
  }

  /// Lets callers find all that a service has by another name, too.
  void alias(String name, String service) {
    var routes = byService.get(service);
    if (routes != null) {
      byService.put(name, routes);
    }
  }

  boolean has(String service) {
    return byService.containsKey(service);
  }

  /// @param service null if the method alone decides
  @Nullable R find(@Nullable String service, String method) {
    if (service == null) {
      var unnamed = byMethod.get(method);
      return unnamed == null ? null : unnamed.route;
    }
    var routes = byService.get(service);
    return routes == null ? null : routes.get(method);
  }
}
