package io.windhover.rpc.wire;

/// A codec of others did what it must not. Nothing can be told of what it had in hand, so the
/// connection ends.
public final class ExtensionFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String message;

  /// @param extension what it is and its name, such as `payload codec json`
  public ExtensionFailedException(String extension, String what, Throwable cause) {
    super(cause);
    this.message = "%s %s: %s".formatted(extension, what, cause);
  }

  ExtensionFailedException(String extension, String what) {
    this.message = extension + " " + what;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
