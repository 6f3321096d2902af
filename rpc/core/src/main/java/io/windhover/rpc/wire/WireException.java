package io.windhover.rpc.wire;

import org.jspecify.annotations.Nullable;

/// Bytes that cannot be read as a message, or a message that breaks a limit. The only exception
/// that leaves this package. Carries no stack trace: it tells of a peer's bytes, not of our code.
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String message;
  private final @Nullable ForeignProtocol foreign;

  public WireException(ErrorCode code, String message) {
    this(code, message, null);
  }

  private WireException(ErrorCode code, String message, @Nullable ForeignProtocol foreign) {
    super(message, null, false, false);
    this.code = code;
    this.message = message;
    this.foreign = foreign;
  }

  static WireException protocolError(String message) {
    return new WireException(ErrorCode.PROTOCOL_ERROR, message);
  }

  static WireException foreign(ForeignProtocol protocol) {
    return new WireException(
        ErrorCode.PROTOCOL_ERROR, "unknown protocol: this looks like " + protocol, protocol);
  }

  /// Whether the peer sent an HTTP/1 request, and so can be told in its own language.
  public boolean isHttpRequest() {
    return foreign == ForeignProtocol.HTTP;
  }

  /// Whether the peer speaks TLS.
  public boolean isTls() {
    return foreign == ForeignProtocol.TLS;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /// What to tell the peer.
  public ErrorCode code() {
    return code;
  }
}
