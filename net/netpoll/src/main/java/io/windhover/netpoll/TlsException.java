package io.windhover.netpoll;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// TLS could not begin or go on; the message says why and, where there is one, the cure. Carries no
/// stack trace: it is what peers do.
public final class TlsException extends IOException {

  private static final long serialVersionUID = 1;

  private final CloseReason reason;

  TlsException(CloseReason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /// Returns what the connection closes with.
  public CloseReason reason() {
    return reason;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
