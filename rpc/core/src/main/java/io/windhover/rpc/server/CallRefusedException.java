package io.windhover.rpc.server;

import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.ApplicationError;

/// A request that becomes no call. Carries no stack trace: a peer can cause it at will.
public final class CallRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int code;
  private final String message;

  CallRefusedException(WireException why) {
    super(why.getMessage(), null, false, false);
    this.code = why.code().number();
    this.message = why.getMessage();
  }

  /// Returns what to tell the caller; numbers are those of `docs/guides/errors.md`, such as 1 for
  /// an unknown method and 20 for an unknown service.
  public ApplicationError error() {
    return new ApplicationError(code, message);
  }

  @Override
  public String getMessage() {
    return message;
  }
}
