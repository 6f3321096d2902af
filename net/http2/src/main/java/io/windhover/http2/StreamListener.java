package io.windhover.http2;

/// Is told of what arrives on one stream, for code that shall not wait for it on a thread.
///
/// Called on the connection's poller, one call at a time, and must not block: a stream that takes
/// work has a thread of its own, which [Http2Stream#start] starts once all is there that it needs.
/// What any of them throws resets the stream.
public interface StreamListener {

  /// For a client: [Http2Stream#response] is there.
  default void headArrived(Http2Stream stream) {}

  /// [Http2Stream#poll] has more, or [Http2Stream#isInputDone] is true. A body longer than the
  /// stream's window comes to its end only if it is taken as it arrives.
  default void readable(Http2Stream stream) {}

  /// All is read that had come along with what was [put off][Http2Stream#putsOff], and the stream
  /// may have failed by that. Once, for each time that it was put off, also if the connection ends.
  default void settled(Http2Stream stream) {}

  /// The stream has ended before it was done. On any thread, once; not after both sides have ended
  /// it as they should.
  default void failed(Http2Stream stream, StreamException cause) {}
}
