package io.windhover.rpc.wire;

import org.jspecify.annotations.Nullable;

/// Bytes that cannot be read as a message, or a message that breaks a limit. The only exception
/// that leaves this package. Carries no stack trace: it tells of a peer's bytes, not of our code.
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String message;
  private final @Nullable ForeignProtocol foreign;
  private final boolean corruptPayload;

  public WireException(ErrorCode code, String message) {
    this(code, message, null, false);
  }

  private WireException(
      ErrorCode code, String message, @Nullable ForeignProtocol foreign, boolean corruptPayload) {
    super(message, null, false, false);
    this.code = code;
    this.message = message;
    this.foreign = foreign;
    this.corruptPayload = corruptPayload;
  }

  static WireException protocolError(String message) {
    return new WireException(ErrorCode.PROTOCOL_ERROR, message);
  }

  static WireException foreign(ForeignProtocol protocol) {
    return new WireException(
        ErrorCode.PROTOCOL_ERROR, "unknown protocol: this looks like " + protocol, protocol, false);
  }

  static WireException corruptPayload(String message) {
    return new WireException(ErrorCode.PROTOCOL_ERROR, message, null, true);
  }

  /// Whether it is only the payload that cannot be read: what lies around it is well, so that the
  /// connection may go on.
  public boolean isCorruptPayload() {
    return corruptPayload;
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
