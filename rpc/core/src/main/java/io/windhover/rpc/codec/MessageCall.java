package io.windhover.rpc.codec;

import io.windhover.rpc.Caller;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import java.util.Objects;
import java.util.function.Function;

/// What a method takes and returns if each is one message, as Protobuf has it. It is the codec of
/// such a [Method]; which [PayloadCodec] or transport carries it is up to the client and the
/// server.
///
/// Endpoints and middleware see the messages themselves.
///
/// @param <Q> the request
/// @param <R> the response
public record MessageCall<Q, R>(MessageCodec<Q> request, MessageCodec<R> response) {

  /// Calls a method: for stubs.
  ///
  /// @param service the name under which it is called
  /// @throws io.windhover.rpc.RpcException if no response came back
  @SuppressWarnings("unchecked") // what the method's own codec has read
  public static <Q, R> R call(
      Caller caller, String service, Method<MessageCall<Q, R>> method, Q request) {
    return (R) caller.call(service, method, Objects.requireNonNull(request, "request"));
  }

  /// Returns what a server needs to run a method: for skeletons.
  ///
  /// @param handler runs it; what it returns is not null
  @SuppressWarnings("unchecked") // as above
  public static <Q, R> Operation operation(
      Method<MessageCall<Q, R>> method, Function<Q, R> handler) {
    Objects.requireNonNull(handler, "handler");
    return new Operation(
        method,
        (invocation, request) ->
            Objects.requireNonNull(handler.apply((Q) request), "the handler returned null"));
  }
}
