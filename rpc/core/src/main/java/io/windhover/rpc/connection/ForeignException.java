package io.windhover.rpc.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Code that the user gave to the client to make connections with has not done what it should.
public final class ForeignException extends IOException {

  private static final long serialVersionUID = 1;

  ForeignException(String message, @Nullable RuntimeException cause) {
    super(message, cause);
  }
}
