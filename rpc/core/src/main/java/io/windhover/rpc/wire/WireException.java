package io.windhover.rpc.wire;

import io.windhover.rpc.ApplicationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bytes that cannot be read as a message, or a message that breaks a limit. The only exception
/// that leaves this package. Carries no stack trace: it tells of a peer's bytes, not of our code.
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private enum Flaw {
    TOO_LARGE,
    CORRUPT_PAYLOAD,
    OTHER
  }

  private final ErrorCode code;
  private final String message;
  private final @Nullable ForeignProtocol foreign;
  private final Flaw flaw;

  public WireException(ErrorCode code, String message) {
    this(code, message, null, Flaw.OTHER);
  }

  private WireException(
      ErrorCode code, String message, @Nullable ForeignProtocol foreign, Flaw flaw) {
    super(message, null, false, false);
    this.code = code;
    this.message = message;
    this.foreign = foreign;
    this.flaw = flaw;
  }

  static WireException protocolError(String message) {
    return new WireException(ErrorCode.PROTOCOL_ERROR, message);
  }

  /// @param message names the limit
  static WireException tooLarge(String message) {
    return new WireException(ErrorCode.TOO_LARGE, message, null, Flaw.TOO_LARGE);
  }

  static WireException foreign(ForeignProtocol protocol) {
    return new WireException(
        ErrorCode.PROTOCOL_ERROR,
        "unknown protocol: this looks like " + protocol,
        protocol,
        Flaw.OTHER);
  }

  static WireException corruptPayload(String message) {
    return new WireException(ErrorCode.PROTOCOL_ERROR, message, null, Flaw.CORRUPT_PAYLOAD);
  }

  /// Whether it is only the payload that cannot be read: what lies around it is well, so that the
  /// connection may go on.
  public boolean isCorruptPayload() {
    return flaw == Flaw.CORRUPT_PAYLOAD;
  }

  /// Whether the peer sent an HTTP/1 request, and so can be told in its own language.
  public boolean isHttpRequest() {
    return foreign == ForeignProtocol.HTTP;
  }

  /// Whether the peer speaks HTTP, of any version.
  public boolean isHttp() {
    return foreign != null && foreign != ForeignProtocol.TLS;
  }

  /// Whether a message is larger than the limit of this side.
  public boolean isTooLarge() {
    return flaw == Flaw.TOO_LARGE;
  }

  /// Whether the peer speaks TLS.
  public boolean isTls() {
    return foreign == ForeignProtocol.TLS;
  }

  /// Returns what a client tells its user to do about a reply that cannot be read.
  public Optional<String> hintForClient() {
    if (isTls()) {
      return Optional.of("The server speaks TLS and this client does not: give it tls(...)");
    }
    if (isHttp()) {
      return Optional.of("Is this the server's port for Thrift?");
    }
    return isTooLarge()
        ? Optional.of("Give the client a larger maxMessageBytes(...)")
        : Optional.empty();
  }

  @Override
  public String getMessage() {
    return message;
  }

  public ErrorCode code() {
    return code;
  }

  /// Returns what to tell the peer: it ends the call that this was to be.
  public ApplicationException answer() {
    return code.because(message);
  }
}
