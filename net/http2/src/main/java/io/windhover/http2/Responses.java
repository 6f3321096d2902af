package io.windhover.http2;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Http2Exception;
import java.util.List;

/// The heads of responses and the trailers as they arrive at a client, in the order that a response
/// must have. The poller's own.
final class Responses {

  private static final int FIRST_FINAL_STATUS = 200;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int NOT_MODIFIED = 304;

  private final Http2Connection owner;

  Responses(Http2Connection owner) {
    this.owner = owner;
  }

  /// A header list of a stream that may have one is in [Receiver#heads].
  ///
  /// @param fits whether it is within the limits; a part of it is lost otherwise
  /// @throws Http2Exception of the stream that is not as it must be
  void headArrived(Http2Stream stream, boolean end, boolean fits) {
    if (!fits) {
      throw error(
          ErrorCode.ENHANCE_YOUR_CALM, stream, "the response's headers are larger than is allowed");
    }
    if (stream.response().isEmpty()) {
      responseArrived(stream, end);
    } else {
      trailersArrived(stream, end);
    }
  }

  private void responseArrived(Http2Stream stream, boolean end) {
    var head = owner.heads().response(stream.id());
    if (head.status() < FIRST_FINAL_STATUS) {
      if (end || head.status() == SWITCHING_PROTOCOLS) {
        throw error(ErrorCode.PROTOCOL_ERROR, stream, "an interim response that ends the stream");
      }
      owner.guard().needless(owner.contentFrames());
      return;
    }
    if (head.status() != NOT_MODIFIED && !stream.asksForHead()) {
      // otherwise it may say how long the data would be
      stream.contentLength(owner.heads().contentLength());
    }
    if (end) {
      Http2Connection.requireRightLength(stream);
      owner.endsInput(stream);
    }
    stream.inbox.headArrived(head);
    owner.userCode().tell(stream, () -> stream.listener().headArrived(stream));
    if (end) {
      stream.inbox.endArrived(List.of());
      owner.userCode().tellReadable(stream);
    }
  }

  private void trailersArrived(Http2Stream stream, boolean end) {
    if (!end) {
      throw error(ErrorCode.PROTOCOL_ERROR, stream, "trailers that do not end the stream");
    }
    var trailers = owner.heads().trailers(stream.id());
    Http2Connection.requireRightLength(stream);
    owner.endArrived(stream, trailers);
    owner.userCode().tellReadable(stream);
  }

  private static Http2Exception error(ErrorCode code, Http2Stream stream, String message) {
    return Http2Exception.ofStream(code, stream.id(), message);
  }
}
