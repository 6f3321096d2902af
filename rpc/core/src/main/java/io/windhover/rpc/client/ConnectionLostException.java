package io.windhover.rpc.client;

import org.jspecify.annotations.Nullable;

/// A connection ended before the reply came. Carries no stack trace: it is made on the poller.
final class ConnectionLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String message;

  ConnectionLostException(String message, @Nullable RuntimeException cause) {
    super(message, cause, false, false);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
