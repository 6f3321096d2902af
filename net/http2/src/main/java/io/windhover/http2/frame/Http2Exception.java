package io.windhover.http2.frame;

/// A peer has broken the protocol, or goes too far: what is wrong, and how much of the connection
/// ends for it. It has no stack trace, since peers cause it.
public final class Http2Exception extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final int streamId;
  private final String message;

  private Http2Exception(ErrorCode code, int streamId, String message) {
    super(message, null, false, false);
    this.code = code;
    this.streamId = streamId;
    this.message = message;
  }

  /// The whole connection ends.
  public static Http2Exception ofConnection(ErrorCode code, String message) {
    return new Http2Exception(code, 0, message);
  }

  /// One stream ends.
  ///
  /// @param streamId above 0
  public static Http2Exception ofStream(ErrorCode code, int streamId, String message) {
    if (streamId <= 0) {
      throw new IllegalArgumentException("streamId: " + streamId + " (expected: > 0)");
    }
    return new Http2Exception(code, streamId, message);
  }

  @Override
  public String getMessage() {
    return message;
  }

  public ErrorCode code() {
    return code;
  }

  /// Whether the whole connection ends.
  public boolean isOfConnection() {
    return streamId == 0;
  }

  /// Returns the stream that ends; 0 if the connection does.
  public int streamId() {
    return streamId;
  }
}
