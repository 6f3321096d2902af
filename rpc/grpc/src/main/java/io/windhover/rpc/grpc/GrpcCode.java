package io.windhover.rpc.grpc;

/// How a call ended, in gRPC's words: the number of `grpc-status`.
public enum GrpcCode {
  OK(0),
  /// Given up, by the caller as a rule.
  CANCELLED(1),
  /// An error that says no more, or one of a number that nobody knows.
  UNKNOWN(2),
  /// The request is wrong, whatever the state of the server.
  INVALID_ARGUMENT(3),
  DEADLINE_EXCEEDED(4),
  NOT_FOUND(5),
  ALREADY_EXISTS(6),
  /// The caller may not do this, whoever it is.
  PERMISSION_DENIED(7),
  /// A quota or a limit is used up, such as that of a message's size.
  RESOURCE_EXHAUSTED(8),
  /// The state of the server has to change first.
  FAILED_PRECONDITION(9),
  /// Another call was in the way.
  ABORTED(10),
  OUT_OF_RANGE(11),
  /// There is no such service or method, or not with such a content or encoding.
  UNIMPLEMENTED(12),
  /// Something is broken.
  INTERNAL(13),
  /// Not now, perhaps later or elsewhere.
  UNAVAILABLE(14),
  DATA_LOSS(15),
  /// It is not known who calls.
  UNAUTHENTICATED(16);

  private static final GrpcCode[] BY_NUMBER = values();

  private final int number;

  GrpcCode(int number) {
    this.number = number;
  }

  /// Returns the code with this number; [#UNKNOWN] if there is none, as gRPC has it.
  public static GrpcCode of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  /// Returns the number on the wire.
  public int number() {
    return number;
  }
}
