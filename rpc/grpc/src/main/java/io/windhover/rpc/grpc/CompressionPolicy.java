package io.windhover.rpc.grpc;

import io.windhover.rpc.Invocation;

/// Decides which messages are compressed, of those that are sent to peers which read that.
///
/// ```java
/// GrpcOptions.DEFAULT.withCompression((call, message) -> message instanceof Report);
/// ```
///
/// Asked for each message, on the thread that sends it. One that would gain nothing leaves as it is
/// in any case, as does one that readers would take for an attack.
@FunctionalInterface
public interface CompressionPolicy {

  /// None is.
  CompressionPolicy NEVER = (_, _) -> false;

  /// Each is.
  CompressionPolicy ALWAYS = (_, _) -> true;

  /// @param message a request on a client; on a server a result, or a message of a stream
  boolean compresses(Invocation invocation, Object message);

  /// Returns the policy that treats all messages alike.
  static CompressionPolicy of(boolean compresses) {
    return compresses ? ALWAYS : NEVER;
  }
}
