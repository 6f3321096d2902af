package io.windhover.thriftgo;

/// A plugin could not be run, or one side broke the protocol. The message is for the user.
public final class PluginException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public PluginException(String message) {
    super(message);
  }

  public PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
