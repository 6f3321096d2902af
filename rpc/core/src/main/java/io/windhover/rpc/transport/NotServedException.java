package io.windhover.rpc.transport;

import java.io.IOException;

/// Whoever is on the other side of a new connection does not serve the protocol that this client
/// speaks, or not now.
public final class NotServedException extends IOException {

  private static final long serialVersionUID = 1;

  private final String hint;

  /// @param message what is wrong
  /// @param hint what to do about it, for [io.windhover.rpc.RpcException#hint]
  public NotServedException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  public String hint() {
    return hint;
  }
}
