package io.windhover.http2;

import io.windhover.http2.hpack.HeaderField;
import java.util.List;

/// The user's side of a server: what is done with the requests of its connections. One for as many
/// of them as there are, from all of their pollers.
@FunctionalInterface
public interface StreamHandler {

  /// A request has begun. On the connection's poller, so this must not block: it answers at once,
  /// sets a [listener][Http2Stream#listener], or starts a thread by [Http2Stream#start], which may
  /// read and write as it likes. What it throws resets the stream.
  ///
  /// @param stream to read the body from, unless [Http2Stream#isInputDone], and to answer on
  void opened(Http2Stream stream, RequestHead head);

  /// Returns the head, without a body, that answers a request whose headers are too large; status
  /// 431 unless overridden.
  default List<HeaderField> tooLargeHead() {
    return List.of(new HeaderField(":status", "431"));
  }
}
