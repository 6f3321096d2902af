package io.windhover.buffer;

/// More bytes were asked of a [LinkBuffer] than it holds; it is as it was before. Carries no stack
/// trace: on input from a peer this is an expected end, not a bug.
public final class UnderflowException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnderflowException(int needed, int available) {
    super("needs " + needed + " bytes, has " + available, null, false, false);
  }
}
