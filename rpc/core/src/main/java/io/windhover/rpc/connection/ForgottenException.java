package io.windhover.rpc.connection;

import java.io.IOException;

/// The pool of an address was forgotten before it lent a connection: its next one may.
public final class ForgottenException extends IOException {

  static final String WHY = "there are too many addresses";

  private static final long serialVersionUID = 1;

  ForgottenException() {
    super(WHY);
  }
}
