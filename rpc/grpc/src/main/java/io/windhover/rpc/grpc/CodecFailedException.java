package io.windhover.rpc.grpc;

/// A codec of the user's threw what says nothing of the message that it had: it is at fault itself.
final class CodecFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CodecFailedException(Throwable thrown) {
    super("the codec failed: " + thrown, thrown);
  }
}
