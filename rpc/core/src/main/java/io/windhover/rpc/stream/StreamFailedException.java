package io.windhover.rpc.stream;

/// Carries a [StreamFailure] to where the exception for the user is made.
final class StreamFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient StreamFailure failure;

  StreamFailedException(StreamFailure failure) {
    super(failure.what(), null, false, false);
    this.failure = failure;
  }

  StreamFailure failure() {
    return failure;
  }
}
