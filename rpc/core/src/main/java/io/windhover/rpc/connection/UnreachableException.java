package io.windhover.rpc.connection;

import java.io.IOException;

/// An address was not dialled, since that has failed a moment ago. Carries no stack trace: it tells
/// of the dial that failed, its cause.
final class UnreachableException extends IOException {

  private static final long serialVersionUID = 1;

  UnreachableException(String message, IOException cause) {
    super(message, cause);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
