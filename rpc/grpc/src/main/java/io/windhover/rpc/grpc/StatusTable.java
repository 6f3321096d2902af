package io.windhover.rpc.grpc;

import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.wire.ErrorCode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// Which status of gRPC stands for which of our error numbers, and back; and for what happens
/// without a status. The one table of it; `docs/wire/grpc.md` shows it.
///
/// A code has one number, and more numbers than one may have the same code. Codes that no number of
/// ours fits have one each in our own range: 1,938,274,000 and the code.
final class StatusTable {

  static final int FIRST_NUMBER = 1_938_274_000;

  private static final Map<ErrorCode, GrpcCode> CODES = new EnumMap<>(ErrorCode.class);
  private static final Map<Integer, GrpcCode> BY_NUMBER = new HashMap<>();
  private static final Map<GrpcCode, Integer> NUMBERS = new EnumMap<>(GrpcCode.class);

  static {
    CODES.put(ErrorCode.UNKNOWN, GrpcCode.UNKNOWN);
    CODES.put(ErrorCode.UNKNOWN_METHOD, GrpcCode.UNIMPLEMENTED);
    CODES.put(ErrorCode.UNKNOWN_SERVICE, GrpcCode.UNIMPLEMENTED);
    CODES.put(ErrorCode.NO_SERVICE_NAME, GrpcCode.UNIMPLEMENTED);
    CODES.put(ErrorCode.INVALID_MESSAGE_TYPE, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.WRONG_METHOD_NAME, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.BAD_SEQUENCE_ID, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.MISSING_RESULT, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.INTERNAL_ERROR, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.PROTOCOL_ERROR, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.INVALID_TRANSFORM, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.INVALID_PROTOCOL, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.UNSUPPORTED_CLIENT_TYPE, GrpcCode.INTERNAL);
    CODES.put(ErrorCode.INVALID_REQUEST, GrpcCode.INVALID_ARGUMENT);
    CODES.put(ErrorCode.DEADLINE_PASSED, GrpcCode.DEADLINE_EXCEEDED);
    CODES.put(ErrorCode.TOO_LARGE, GrpcCode.RESOURCE_EXHAUSTED);
    CODES.put(ErrorCode.STREAMS_TAKEN, GrpcCode.RESOURCE_EXHAUSTED);
    CODES.put(ErrorCode.STOPPED, GrpcCode.UNAVAILABLE);
    CODES.put(ErrorCode.STOPPING, GrpcCode.UNAVAILABLE);
    CODES.put(ErrorCode.OVERLOADED, GrpcCode.RESOURCE_EXHAUSTED);
    CODES.forEach((error, code) -> BY_NUMBER.put(error.number(), code));
    for (var code : GrpcCode.values()) {
      int number = FIRST_NUMBER + code.number();
      BY_NUMBER.put(number, code);
      NUMBERS.put(code, number);
    }
    NUMBERS.put(GrpcCode.UNKNOWN, ErrorCode.UNKNOWN.number());
    NUMBERS.put(GrpcCode.UNIMPLEMENTED, ErrorCode.UNKNOWN_METHOD.number());
    NUMBERS.put(GrpcCode.INTERNAL, ErrorCode.INTERNAL_ERROR.number());
    NUMBERS.put(GrpcCode.DEADLINE_EXCEEDED, ErrorCode.DEADLINE_PASSED.number());
  }

  private StatusTable() {}

  /// Returns the code that tells of an error with this number; [GrpcCode#UNKNOWN] of one that is
  /// the user's.
  static GrpcCode code(int number) {
    return BY_NUMBER.getOrDefault(number, GrpcCode.UNKNOWN);
  }

  /// Returns the number that a code stands for if nothing says which.
  ///
  /// @throws IllegalArgumentException if it is [GrpcCode#OK]
  static int number(GrpcCode code) {
    if (code == GrpcCode.OK) {
      throw new IllegalArgumentException("code: OK (expected: one of an error)");
    }
    return NUMBERS.getOrDefault(code, FIRST_NUMBER);
  }

  /// Returns what kind of failure an error with this number is to its caller.
  static Kind kind(int number) {
    return number == FIRST_NUMBER + GrpcCode.CANCELLED.number()
        ? Kind.CANCELLED
        : ErrorCode.kindOf(number);
  }

  /// Returns the code of a response that has no `grpc-status`, such as a proxy's.
  static GrpcCode ofHttp(int status) {
    return switch (status) {
      case 400 -> GrpcCode.INTERNAL;
      case 401 -> GrpcCode.UNAUTHENTICATED;
      case 403 -> GrpcCode.PERMISSION_DENIED;
      case 404 -> GrpcCode.UNIMPLEMENTED;
      case 429, 502, 503, 504 -> GrpcCode.UNAVAILABLE;
      default -> GrpcCode.UNKNOWN;
    };
  }

  /// Returns the code of a stream that the other side reset.
  ///
  /// @param error of RST_STREAM, as on the wire: of HTTP/2, or 1000, which Kitex' servers send when
  ///   they stop
  static GrpcCode ofReset(int error) {
    return switch (error) {
      case 0x7, 1000 -> GrpcCode.UNAVAILABLE; // REFUSED_STREAM
      case 0x8 -> GrpcCode.CANCELLED; // CANCEL
      case 0x3, 0xb -> GrpcCode.RESOURCE_EXHAUSTED; // FLOW_CONTROL_ERROR, ENHANCE_YOUR_CALM
      case 0xc -> GrpcCode.PERMISSION_DENIED; // INADEQUATE_SECURITY
      default -> GrpcCode.INTERNAL;
    };
  }
}
