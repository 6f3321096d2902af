package io.windhover.rpc.grpc;

import io.windhover.rpc.ApplicationException;

/// Ends a call on a server with a status of gRPC; for handlers, middleware and error handlers.
///
/// ```java
/// throw new GrpcException(GrpcCode.NOT_FOUND, "no order " + id);
/// ```
///
/// Over other protocols it is the error of which it has the [number][#code]. A client's
/// [io.windhover.rpc.RpcException] has the one that came as its cause: see [GrpcStatus#of].
public final class GrpcException extends ApplicationException {

  private static final long serialVersionUID = 1;

  private final transient GrpcStatus status;

  /// @param code not [GrpcCode#OK]
  /// @param message for people
  public GrpcException(GrpcCode code, String message) {
    this(new GrpcStatus(code, message));
  }

  /// @param status whose code is not [GrpcCode#OK]
  public GrpcException(GrpcStatus status) {
    super(StatusTable.number(status.code()), status.message());
    this.status = status;
  }

  public GrpcStatus status() {
    return status;
  }
}
