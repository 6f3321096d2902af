package io.windhover.rpc.pool;

import org.jspecify.annotations.Nullable;

/// A connection ended before the reply came: what a [ClientConnection] throws then. Carries no
/// stack trace: it is made on a poller as a rule.
public final class ConnectionLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String message;

  /// @param cause why what has come cannot be read; null if that is not the reason
  public ConnectionLostException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
