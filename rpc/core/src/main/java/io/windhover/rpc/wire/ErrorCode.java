package io.windhover.rpc.wire;

import io.windhover.rpc.RpcException;
import java.util.Arrays;
import java.util.Optional;

/// Error numbers as they travel: those of Thrift's TApplicationException, from 20 on those that
/// Kitex added, and from 400 on our own.
public enum ErrorCode {
  UNKNOWN_METHOD(1),
  INVALID_MESSAGE_TYPE(2),
  WRONG_METHOD_NAME(3),
  BAD_SEQUENCE_ID(4),
  INTERNAL_ERROR(6),
  PROTOCOL_ERROR(7),
  INVALID_TRANSFORM(8),
  INVALID_PROTOCOL(9),
  UNKNOWN_SERVICE(20),
  NO_SERVICE_NAME(21),
  /// The request breaks a rule of its IDL.
  INVALID_REQUEST(400),
  /// The deadline passed before the method had run to its end.
  DEADLINE_PASSED(408);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  /// Returns the code with this number, if there is one.
  public static Optional<ErrorCode> of(int number) {
    return Arrays.stream(values()).filter(code -> code.number == number).findAny();
  }

  /// What a caller makes of it.
  public RpcException.Kind kind() {
    return switch (this) {
      case INVALID_REQUEST -> RpcException.Kind.INVALID;
      case DEADLINE_PASSED -> RpcException.Kind.TIMEOUT;
      default -> RpcException.Kind.REMOTE;
    };
  }

  public int number() {
    return number;
  }
}
