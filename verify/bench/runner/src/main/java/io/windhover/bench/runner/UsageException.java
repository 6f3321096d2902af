package io.windhover.bench.runner;

/// The run that was asked for is not possible here; the message says what to do.
final class UsageException extends Exception {

  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
