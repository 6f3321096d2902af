package io.windhover.netpoll;

/// A write to a connection that is closed, closing, or lost. Carries no stack trace: it is an
/// ordinary end.
public final class ConnectionClosedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String text;

  public ConnectionClosedException(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  @Override
  public String getMessage() {
    return text;
  }
}
