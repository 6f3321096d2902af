package io.windhover.rpc.connection;

import java.io.IOException;

/// The address was removed from this client while a connection to it was wanted: nobody connects it
/// anew for that.
public final class RemovedException extends IOException {

  static final String WHY = "the address was removed from this client";

  private static final long serialVersionUID = 1;

  RemovedException() {
    super(WHY);
  }
}
