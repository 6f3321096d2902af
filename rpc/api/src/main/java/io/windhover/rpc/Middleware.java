package io.windhover.rpc;

/// Adds a step around every call: logging, access control, metrics.
///
/// ```java
/// Middleware timing = next -> (invocation, request) -> {
///   long start = System.nanoTime();
///   try {
///     return next.call(invocation, request);
///   } finally {
///     histogram.record(invocation.method(), System.nanoTime() - start);
///   }
/// };
/// ```
@FunctionalInterface
public interface Middleware {

  /// Called once for each client, or once for each method of a server, before the first call.
  ///
  /// @return an endpoint that may answer itself, change the request or the response, or throw;
  ///   called from many threads at once
  Endpoint wrap(Endpoint next);
}
