package io.windhover.http2.hpack;

/// A header block that cannot be read to its end. The tables of the two ends differ from here on,
/// so the connection has to end, with [#code] as the reason. Carries no stack trace: a peer can
/// cause it at will.
public final class HpackException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// Why, by the names that RFC 9113, section 7, has for the end of a connection.
  public enum Code {
    /// The block breaks RFC 7541.
    COMPRESSION_ERROR,
    /// The list is so far beyond the limit that it is not worth the work to read it.
    ENHANCE_YOUR_CALM
  }

  private final Code code;
  private final String message;

  private HpackException(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.message = message;
  }

  static HpackException malformed(String message) {
    return new HpackException(Code.COMPRESSION_ERROR, message);
  }

  static HpackException excessive(String what, long maxBytes) {
    return new HpackException(
        Code.ENHANCE_YOUR_CALM, what + " of more than " + maxBytes + " bytes");
  }

  @Override
  public String getMessage() {
    return message;
  }

  public Code code() {
    return code;
  }
}
