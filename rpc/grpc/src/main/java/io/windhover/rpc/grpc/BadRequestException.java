package io.windhover.rpc.grpc;

/// A head that is no request of gRPC. Carries no stack trace: a peer can cause it at will.
final class BadRequestException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int httpStatus;
  private final transient GrpcStatus status;

  /// @param httpStatus for those who speak HTTP and no gRPC
  BadRequestException(int httpStatus, GrpcStatus status) {
    super(status.message(), null, false, false);
    this.httpStatus = httpStatus;
    this.status = status;
  }

  int httpStatus() {
    return httpStatus;
  }

  GrpcStatus status() {
    return status;
  }
}
