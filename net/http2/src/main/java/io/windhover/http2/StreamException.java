package io.windhover.http2;

import io.windhover.http2.frame.ErrorCode;

/// A stream that has ended before it was done, or could not begin. It has no stack trace, since
/// peers and networks cause it.
public final class StreamException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// Who has ended it.
  public enum Reason {
    /// This side gave it up.
    RESET_HERE,
    /// This side gave it up since the peer had not moved for too long.
    STALLED,
    /// The peer did.
    RESET_BY_PEER,
    /// The connection is gone, and with it the answer.
    CONNECTION_LOST,
    /// The connection takes no more streams, since one of its sides leaves it.
    LEAVING,
    /// Too many wait for a place on the connection already.
    OVERLOADED,
    /// The head has more than the peer takes, as it has said.
    HEADERS_TOO_LARGE
  }

  private final Reason reason;
  private final int code;
  private final boolean processed;

  /// @param code on the wire, which may be one that HTTP/2 does not know
  /// @param processed whether the peer may have begun to work for the stream
  StreamException(Reason reason, int code, boolean processed, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.code = code;
    this.processed = processed;
  }

  static StreamException of(Reason reason, ErrorCode code, String message) {
    return new StreamException(reason, code.code(), true, message);
  }

  static StreamException notProcessed(Reason reason, String message) {
    return new StreamException(reason, ErrorCode.REFUSED_STREAM.code(), false, message);
  }

  public Reason reason() {
    return reason;
  }

  /// Returns the error that was told or heard; of several numbers it knows no more than
  /// INTERNAL_ERROR, see [#codeNumber].
  public ErrorCode code() {
    return ErrorCode.of(code);
  }

  /// Returns the error as it was on the wire.
  public int codeNumber() {
    return code;
  }

  /// Whether the peer has promised not to have begun with it, or never heard of it: it may be tried
  /// again, elsewhere, whatever it does.
  public boolean isNotProcessed() {
    return !processed;
  }
}
