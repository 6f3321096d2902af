package io.windhover.rpc.codec;

/// Bytes of a peer that are no message of the protocol, or none that this side can read. Codecs and
/// transports throw it, and it is no fault of theirs: anything else that leaves them is, and is
/// logged as such. Carries no stack trace, since a peer can cause it at will.
///
/// From a payload codec it costs the call, from where a frame is cut or opened the connection.
public final class MalformedMessageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String message;

  /// @param message for people at the other side: what is wrong, and what was expected
  public MalformedMessageException(String message) {
    super(message, null, false, false);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
