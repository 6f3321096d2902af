package io.windhover.rpc.connection;

import io.windhover.rpc.wire.ExtensionFailedException;
import java.io.IOException;

/// There is no connection because code of the user's did not do what it should: the cause names it.
final class GuardedException extends IOException {

  private static final long serialVersionUID = 1;

  GuardedException(ExtensionFailedException cause) {
    super(cause.getMessage(), cause);
  }
}
