package io.windhover.protobuf;

/// Bytes that are no such message or break a limit, or a message that cannot be written. The only
/// type that leaves a reader or a writer. Carries no stack trace: a peer can cause it at will.
public final class ProtoException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// What is wrong.
  public enum Code {
    /// The bytes end within a field, or a length goes beyond them.
    TRUNCATED,
    /// The bytes are no message.
    MALFORMED,
    /// A text is not UTF-8, or holds half a surrogate pair.
    BAD_TEXT,
    /// Messages are nested too deeply.
    DEPTH_LIMIT,
    /// The objects or bytes of the message take more memory than may be had.
    SIZE_LIMIT,
    /// A required field is not set.
    MISSING_FIELD
  }

  private final Code code;
  private final String problem;
  private final int offset;
  private final String path;

  private ProtoException(Code code, String problem, int offset, String path) {
    super(null, null, false, false);
    this.code = code;
    this.problem = problem;
    this.offset = offset;
    this.path = path;
  }

  static ProtoException reading(Code code, String problem, int offset) {
    return new ProtoException(code, problem, offset, "");
  }

  static ProtoException writing(Code code, String problem) {
    return new ProtoException(code, problem, -1, "");
  }

  /// The same, within a field or a message that is called so.
  ProtoException within(String name) {
    return new ProtoException(code, problem, offset, path.isEmpty() ? name : name + "." + path);
  }

  public Code code() {
    return code;
  }

  /// Returns where reading stopped, in bytes from the start of the outermost message; -1 if a
  /// message could not be written.
  public int offset() {
    return offset;
  }

  /// Returns the way to the field: `shop.Order.items.price`, or the number of a field that is not
  /// known. Empty if it is not known.
  public String path() {
    return path;
  }

  @Override
  public String getMessage() {
    var where = path.isEmpty() ? problem : path + ": " + problem;
    return offset < 0 ? where : where + " (at byte " + offset + ")";
  }
}
