package io.windhover.rpc.server;

import io.windhover.rpc.Invocation;
import io.windhover.thrift.Binary;

/// Answers the calls of services and methods that a server does not know, without a look at what is
/// in them: a proxy.
///
/// ```java
/// RawHandler proxy =
///     (call, arguments) ->
///         (Binary) backend.call(
///             call.service(), new Method<>(call.method().name(), false, RawCall.CODEC), arguments);
/// ```
///
/// Calls of Protobuf and streams do not get here: their methods are unknown as ever.
///
/// Middleware, deadlines and metadata are as for any other call. Called from many threads at once.
@FunctionalInterface
public interface RawHandler {

  /// Carries one call to its end.
  ///
  /// @param invocation who calls what; its service is empty if the caller named none, its method is
  ///   oneway if the caller waits for no reply
  /// @param arguments the struct of the arguments, in Thrift's binary protocol
  /// @return the struct of the result in the same protocol: with field 0 for what the method
  ///   returns, or with the field of an exception that the IDL declares; anything for a oneway
  ///   method
  /// @throws io.windhover.rpc.RpcException with the error code of another server, which the caller
  ///   then gets too; whatever else it throws, the call has failed in its handler
  /// @throws io.windhover.rpc.BusinessException if the method ended with a business status
  Binary call(Invocation invocation, Binary arguments);
}
