package io.windhover.rpc.transport;

/// A server has surely not begun with a call or a stream, so that it may be tried elsewhere,
/// whatever it does: as often as may be while nothing has left, and once if the server has refused
/// it. Carries no stack trace: connections that end bring it about.
public final class NotBegunException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean refused;

  /// Nothing has left.
  public NotBegunException(String message) {
    this(message, false);
  }

  /// @param refused whether the server has seen it, and would see it again
  public NotBegunException(String message, boolean refused) {
    super(message, null, false, false);
    this.refused = refused;
  }

  public boolean isRefused() {
    return refused;
  }
}
