package io.windhover.rpc.wire;

/// Code of others did what it must not. Nothing can be told of what it had in hand: a connection
/// ends, a call fails.
public final class ExtensionFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String extension;
  private final String message;

  /// @param extension what it is and its name, such as `payload codec json`
  ExtensionFailedException(String extension, String what, Throwable cause) {
    super(cause);
    this.extension = extension;
    this.message = "%s %s: %s".formatted(extension, what, cause);
  }

  ExtensionFailedException(String extension, String what) {
    this.extension = extension;
    this.message = extension + " " + what;
  }

  /// Returns what failed, and its name.
  public String extension() {
    return extension;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
