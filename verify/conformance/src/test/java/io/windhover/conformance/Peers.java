package io.windhover.conformance;

import io.windhover.interop.everything.Absent;
import io.windhover.interop.everything.Interop;
import io.windhover.interop.everything.Second;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.thrift.call.CallCodec;
import java.lang.reflect.Proxy;
import java.util.List;

/// Which services the two sides of a recording had.
final class Peers {

  private static final Service INTEROP = Interop.serve(unused(Interop.class));
  private static final Service SECOND = Second.serve(unused(Second.class));
  private static final Service ABSENT = Absent.serve(unused(Absent.class));
  private static final Service OLDER =
      io.windhover.interop.older.Orders.serve(unused(io.windhover.interop.older.Orders.class));
  private static final Service NEWER =
      io.windhover.interop.newer.Orders.serve(unused(io.windhover.interop.newer.Orders.class));

  /// A method under the service that is called, which may have inherited it.
  record Called(String service, Method<CallCodec> method) {}

  private Peers() {}

  static List<Service> server(Recording recording) {
    return recording.name().endsWith("newer-server")
        ? List.of(NEWER)
        : List.of(INTEROP, SECOND, OLDER);
  }

  /// Finds what the recorded client called.
  static Called called(Recording recording, Answer request) {
    var header = request.envelope().header();
    var service = header == null ? null : header.stringKeys().get("isn");
    var orders = recording.name().contains("older-client") ? OLDER : NEWER;
    for (var candidate : List.of(INTEROP, SECOND, ABSENT, orders)) {
      for (var operation : candidate.operations()) {
        if ((service == null || candidate.name().equals(service))
            && operation.method().name().equals(request.header().name())) {
          return new Called(candidate.name(), thrift(operation.method()));
        }
      }
    }
    throw new AssertionError("no method " + request.header().name());
  }

  @SuppressWarnings("unchecked") // all of them are generated from Thrift
  static Method<CallCodec> thrift(Method<?> method) {
    return (Method<CallCodec>) method;
  }

  /// A handler that is never reached, since a middleware answers in its place.
  private static <T> T unused(Class<T> service) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(),
            new Class<?>[] {service},
            (proxy, method, arguments) -> {
              throw new AssertionError(method + " was called");
            }));
  }
}
