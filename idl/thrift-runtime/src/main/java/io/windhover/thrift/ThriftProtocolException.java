package io.windhover.thrift;

import io.windhover.buffer.UnderflowException;

/// Bytes that break the Thrift protocol or a limit, or a struct that can not be written. The only
/// type that leaves a reader or a writer. Carries no stack trace: a peer can cause it at will.
public final class ThriftProtocolException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// What is wrong, in the words of Thrift's own TProtocolException.
  public enum Code {
    INVALID_DATA,
    NEGATIVE_SIZE,
    SIZE_LIMIT,
    BAD_VERSION,
    DEPTH_LIMIT
  }

  private final Code code;
  private final String message;

  public ThriftProtocolException(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.message = message;
  }

  /// A required field that is absent, on reading or on writing.
  public static ThriftProtocolException missing(String struct, String field) {
    return new ThriftProtocolException(
        Code.INVALID_DATA, struct + "." + field + " is required and not set");
  }

  static ThriftProtocolException invalid(String message) {
    return new ThriftProtocolException(Code.INVALID_DATA, message);
  }

  static ThriftProtocolException negativeSize(int size) {
    return new ThriftProtocolException(Code.NEGATIVE_SIZE, "size: " + size);
  }

  static ThriftProtocolException tooDeep(int maxDepth) {
    return new ThriftProtocolException(
        Code.DEPTH_LIMIT, "nested more than " + maxDepth + " levels deep");
  }

  static ThriftProtocolException tooMany(int count, int elementBytes, long bytesLeft) {
    return tooMany(Code.INVALID_DATA, count, elementBytes, bytesLeft);
  }

  static ThriftProtocolException tooMany(Code code, int count, int elementBytes, long bytesLeft) {
    return new ThriftProtocolException(
        code,
        count + " elements of at least " + elementBytes + " bytes in " + bytesLeft + " bytes");
  }

  static ThriftProtocolException noRoom(long bytes) {
    return new ThriftProtocolException(
        Code.SIZE_LIMIT,
        "the objects of the message take more memory than may be had: they got "
            + bytes
            + " bytes besides the size of the message");
  }

  static ThriftProtocolException unknownType(int type) {
    return invalid("type code: " + type);
  }

  static ThriftProtocolException cut(UnderflowException e) {
    return invalid("the message ends too early: " + e.getMessage());
  }

  @Override
  public String getMessage() {
    return message;
  }

  public Code code() {
    return code;
  }
}
