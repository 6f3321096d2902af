package io.windhover.source.parse;

/// Leaves a construct that cannot be parsed; the error is already reported. Caught where parsing
/// can go on.
public final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SyntaxException() {
    super(null, null, false, false);
  }
}
