package io.windhover.rpc.grpc;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.RpcException;
import io.windhover.thrift.Binary;
import java.util.Optional;

/// How a call ended, as gRPC tells it.
///
/// ```java
/// try {
///   orders.find(request);
/// } catch (RpcException e) {
///   var status = GrpcStatus.of(e);
///   if (status.isPresent() && status.get().code() == GrpcCode.NOT_FOUND) {
///     ...
///   }
/// }
/// ```
///
/// A handler ends its call with one by a [GrpcException].
///
/// @param message for people; empty if there is none
/// @param details more, for programs: a message `google.rpc.Status` of Protobuf by convention;
///   empty if there is none
public record GrpcStatus(GrpcCode code, String message, Binary details) {

  /// One without details.
  public GrpcStatus(GrpcCode code, String message) {
    this(code, message, Binary.EMPTY);
  }

  /// Returns the status with which a server ended the call; empty if none did, such as when there
  /// was no connection, or over another protocol.
  public static Optional<GrpcStatus> of(RpcException failure) {
    return behind(failure);
  }

  /// Returns the status that came with a business status, if it says more than that: details, or a
  /// code that is not the usual INTERNAL.
  public static Optional<GrpcStatus> of(BusinessException failure) {
    return behind(failure);
  }

  private static Optional<GrpcStatus> behind(RuntimeException failure) {
    return failure.getCause() instanceof GrpcException cause
        ? Optional.of(cause.status())
        : Optional.empty();
  }

  /// Returns `NOT_FOUND: no order 7`.
  @Override
  public String toString() {
    return message.isEmpty() ? code.toString() : code + ": " + message;
  }
}
