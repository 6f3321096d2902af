package io.windhover.rpc.wire;

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

  public int number() {
    return number;
  }
}
