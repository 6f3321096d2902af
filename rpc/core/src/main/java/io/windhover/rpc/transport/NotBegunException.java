package io.windhover.rpc.transport;

/// A server has surely not begun with a call or a stream, so that it may be tried elsewhere,
/// whatever it does. Carries no stack trace: connections that end bring it about.
public final class NotBegunException extends Exception {

  private static final long serialVersionUID = 1;

  public NotBegunException(String message) {
    super(message, null, false, false);
  }
}
