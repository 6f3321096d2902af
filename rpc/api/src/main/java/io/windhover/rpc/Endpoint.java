package io.windhover.rpc;

import java.util.List;

/// One hop of a call: takes a request, returns the response, or throws.
///
/// Endpoints nest. The innermost writes to the wire (client) or runs the handler (server); each
/// [Middleware] wraps one more around it. Implementations are called from many threads at once.
@FunctionalInterface
public interface Endpoint {

  /// Carries one call to its end.
  ///
  /// @param invocation who calls what, until when
  /// @param request the method's arguments; not retained after return
  /// @return the method's result, which may be an exception that the IDL declares
  /// @throws RpcException if there is no such result: [RpcException#kind] says why. On a server,
  ///   whatever the handler throws passes through here
  /// @throws BusinessException if the method ended with a business status, which is a result too
  Object call(Invocation invocation, Object request);

  /// Wraps `innermost` so that the first middleware of the list sees the call first.
  static Endpoint chain(List<Middleware> outermostFirst, Endpoint innermost) {
    var endpoint = innermost;
    for (var middleware : outermostFirst.reversed()) {
      endpoint = middleware.wrap(endpoint);
    }
    return endpoint;
  }
}
