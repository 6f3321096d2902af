package io.windhover.bench.runner;

/// A contestant broke down: it is out, and the others go on.
final class ContestantException extends Exception {

  private static final long serialVersionUID = 1;

  private final String message;

  ContestantException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
