package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.rpc.stream.StreamRoute;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.GuardedPayloadCodec;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.call.RawCall;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds what runs a method, be it one of calls or of streams, by the same rules. Immutable once
/// made, so any thread may ask.
///
/// A caller that names a service gets that one or an error: a name that is not here never leads to
/// another service that happens to have such a method, as it does with Kitex. For a service under
/// two names there is [Service#named].
public final class Router {

  /// A method of one service, with the middleware around its handler.
  public record Route(String service, Method<?> method, Endpoint endpoint) {

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

    /// Returns `payload`.
    ///
    /// @throws WireException if it does not carry the method
    GuardedPayloadCodec carriedBy(GuardedPayloadCodec payload) {
      if (payload.carries(method)) {
        return payload;
      }
      throw new WireException(
          ErrorCode.INVALID_PROTOCOL,
          "%s/%s is not a method that %s carries"
              .formatted(service, method.name(), payload.name()));
    }
  }

  private final Routing routing;
  private final Set<String> services = new HashSet<>(); // by the names that they were given
  private final RouteTable<Route> calls;
  private final RouteTable<StreamRoute> streams;
  private final @Nullable Endpoint unknown; // calls only
  private final Predicate<Method<?>> carried;
  private final Predicate<Method<?>> named;

  /// @throws IllegalArgumentException if two services have the same name, or it is not clear which
  ///   of them answers a caller that names none
  public Router(Routing routing) {
    this(routing, _ -> false, _ -> false);
  }

  /// @param carried which methods something else than Thrift carries
  /// @param named which of these only protocols carry that can name the service of each call
  public Router(Routing routing, Predicate<Method<?>> carried, Predicate<Method<?>> named) {
    this.routing = routing;
    this.carried = carried;
    this.named = named;
    this.calls = new RouteTable<>(routing, "callers over Framed or Buffered name none");
    this.streams = new RouteTable<>(routing, "clients need not name one for a stream");
    this.unknown = routing.unknown() == null ? null : routing.around(routing.unknown());
    routing.services().forEach(this::add);
    routing.services().forEach(this::addFullName);
  }

  private void add(Service service) {
    var name = service.name();
    if (!services.add(name)) {
      throw new IllegalArgumentException(
          "two services are named %s: give one of them, or its namespace, another name"
              .formatted(name));
    }
    for (var operation : service.operations()) {
      var method = checked(name, operation.method());
      var endpoint = routing.around(operation.endpoint());
      add(calls, name, method, operation, new Route(name, method, endpoint));
    }
    for (var operation : service.streams()) {
      var method = checked(name, operation.method());
      var endpoint = routing.aroundStream(operation.endpoint());
      add(streams, name, method, operation, new StreamRoute(name, method, endpoint));
    }
  }

  /// A service that was given that name goes before.
  private void addFullName(Service service) {
    var fullName = service.fullName();
    if (!services.contains(fullName)) {
      calls.alias(fullName, service.name());
      streams.alias(fullName, service.name());
    }
  }

  private <R> void add(
      RouteTable<R> table, String service, Method<?> method, Object operation, R route) {
    if (!(method.codec() instanceof CallCodec) && named.test(method)) {
      table.addNamed(service, method.name(), operation, route);
    } else {
      table.add(service, method.name(), operation, route);
    }
  }

  private Method<?> checked(String service, Method<?> method) {
    boolean isCarried = carried.test(method); // asked in any case: it may be broken
    if (!isCarried && !(method.codec() instanceof CallCodec)) {
      throw new IllegalArgumentException(
          "%s/%s is not a Thrift method, and nothing else of this server carries it (expected: a payloadCodec(...) or transport(...) that does)"
              .formatted(service, method.name()));
    }
    return method;
  }

  /// @param service the name that the caller gave, be it the [full one][Service#fullName]; null if
  ///   its protocol carries none, and then the method alone decides
  /// @param oneway whether the caller waits for no reply
  /// @throws WireException if there is no such service or method
  public Route find(@Nullable String service, String method, boolean oneway) {
    checkNamed(service, method, "call it over TTHeader, which names the service");
    var route = calls.find(service, method);
    if (route != null) {
      return route;
    }
    if (streams.find(service, method) != null) {
      throw unknownMethod(service, method, ": it is one of streams, and was called");
    }
    if (unknown != null) {
      var raw = new Method<CallCodec>(method, oneway, RawCall.CODEC);
      return new Route(service == null ? "" : service, raw, unknown);
    }
    throw unknown(service, method);
  }

  /// The same for a stream.
  public StreamRoute findStream(@Nullable String service, String method) {
    checkNamed(service, method, "name it in the stream's header");
    var route = streams.find(service, method);
    if (route != null) {
      return route;
    }
    if (calls.find(service, method) != null) {
      throw unknownMethod(service, method, ": it is none of streams, and was opened as one");
    }
    throw unknown(service, method);
  }

  /// Returns the method that such names mean, for a caller that may call it or open it as a stream.
  Method<?> method(@Nullable String service, String method) {
    var stream = streams.find(service, method);
    return stream == null ? find(service, method, false).method() : stream.method();
  }

  private void checkNamed(@Nullable String service, String method, String cure) {
    if (service == null && routing.requireServiceName()) {
      throw new WireException(
          ErrorCode.NO_SERVICE_NAME,
          "this server wants to know the service of %s: %s"
              .formatted(PeerText.shortened(method), cure));
    }
  }

  private WireException unknown(@Nullable String service, String method) {
    if (service == null) {
      return unknownMethod(null, method, " (services here: %s)".formatted(serviceNames()));
    }
    return services.contains(service) || calls.has(service) || streams.has(service)
        ? unknownMethod(service, method, "")
        : new WireException(
            ErrorCode.UNKNOWN_SERVICE,
            "unknown service %s (this server has: %s)"
                .formatted(PeerText.shortened(service), serviceNames()));
  }

  private static WireException unknownMethod(@Nullable String service, String method, String why) {
    var where = service == null ? "" : " of service " + service;
    return new WireException(
        ErrorCode.UNKNOWN_METHOD, "unknown method " + PeerText.shortened(method) + where + why);
  }

  /// Returns what is served, for people to read.
  public String serviceNames() {
    return String.join(", ", services.stream().sorted().toList());
  }
}
