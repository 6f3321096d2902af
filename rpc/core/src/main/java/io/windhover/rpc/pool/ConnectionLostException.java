package io.windhover.rpc.pool;

import io.windhover.netpoll.CloseReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection ended before the reply came: what a [ClientConnection] throws then. Carries no
/// stack trace: it is made on a poller as a rule.
public final class ConnectionLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String message;
  private final @Nullable CloseReason reason;

  /// @param cause why what has come cannot be read; null if that is not the reason
  public ConnectionLostException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.message = message;
    this.reason = null;
  }

  /// @param reason why the connection closed
  public ConnectionLostException(CloseReason reason) {
    super(null, null, false, false);
    this.message = "the connection was lost: " + reason;
    this.reason = reason;
  }

  /// Returns why the connection closed; empty if the server ended it in order, or something else is
  /// why the reply does not come.
  public Optional<CloseReason> reason() {
    return Optional.ofNullable(reason);
  }

  @Override
  public String getMessage() {
    return message;
  }
}
