package io.windhover.rpc.grpc;

import io.windhover.http2.Http2Stream;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.rpc.Deadline;

/// A reply that is written, and that its client has not taken all of.
///
/// @param deadline after which it is in vain
record PendingReply(Http2Stream stream, Deadline deadline) {

  /// Whether nothing is to be done for it any more. Gives it up at its deadline.
  boolean isOver() {
    if (stream.isOpen() && deadline.hasPassed()) {
      stream.reset(ErrorCode.CANCEL);
    }
    return !stream.isOpen();
  }
}
