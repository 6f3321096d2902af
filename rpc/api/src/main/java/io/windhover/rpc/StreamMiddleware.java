package io.windhover.rpc;

import java.util.List;

/// Adds a step around every stream: when it opens on a client, while it is served on a server. To
/// see each message too, it passes on a [ForwardingStream].
///
/// ```java
/// StreamMiddleware counting =
///     new StreamMiddleware() {
///       @Override
///       public StreamOpener opening(StreamOpener next) {
///         return invocation ->
///             new ForwardingStream(next.open(invocation)) {
///               @Override
///               public void send(Object message) {
///                 sent.increment();
///                 super.send(message);
///               }
///             };
///       }
///     };
/// ```
public interface StreamMiddleware {

  /// Called once for each client, before its first stream.
  default StreamOpener opening(StreamOpener next) {
    return next;
  }

  /// Called once for each method of a server.
  default StreamEndpoint serving(StreamEndpoint next) {
    return next;
  }

  /// Wraps `innermost` so that the first middleware of the list sees a stream first.
  static StreamOpener chain(List<StreamMiddleware> outermostFirst, StreamOpener innermost) {
    var opener = innermost;
    for (var middleware : outermostFirst.reversed()) {
      opener = middleware.opening(opener);
    }
    return opener;
  }

  /// The same on a server.
  static StreamEndpoint chain(List<StreamMiddleware> outermostFirst, StreamEndpoint innermost) {
    var endpoint = innermost;
    for (var middleware : outermostFirst.reversed()) {
      endpoint = middleware.serving(endpoint);
    }
    return endpoint;
  }
}
