package io.windhover.rpc.codec;

import io.windhover.buffer.LinkBuffer;

/// How messages follow each other on a connection: where each ends, and what lies around its
/// payload. It takes the place of Framed and of TTHeader. The payload is Thrift's binary protocol,
/// or of a [PayloadCodec]; a reply follows its request before the next one is read.
///
/// Without state, for many threads. Buffers are this codec's until the method returns. A
/// [MalformedMessageException] costs the connection, without a word in the log above DEBUG; so does
/// an [io.windhover.buffer.UnderflowException], as reading past the end throws it. All else costs
/// the connection, too, and the log names this codec.
public interface FrameCodec {

  /// Returns the name that errors and logs show. Asked once.
  String name();

  /// Whether a connection that begins so is of this codec: on servers, which ask all frame codecs
  /// and transports before what is built in, on pollers: must not block. To read past the end says
  /// [Detection#UNDECIDED], and a [MalformedMessageException] [Detection#OTHER].
  ///
  /// @param input what has arrived, at least one byte; to look at only
  Detection detect(LinkBuffer input);

  /// Whether its frames have a header. Without one, no metadata, no business status and no deadline
  /// travels, and the caller's method alone chooses the service. Asked once.
  boolean hasHeader();

  /// Returns the bytes of the whole frame at the head of `input`, even if they have not all
  /// arrived; 0 if more has to arrive to tell. Called on pollers, of servers and of clients, each
  /// time that something has arrived: must not block. Larger frames than the limit are refused as
  /// malformed, as are those that do not tell their length within it, and lengths below 0.
  ///
  /// @param input at least one byte; to look at only
  int frameBytes(LinkBuffer input);

  /// Reads a frame: consumes what lies before its payload, and leaves that.
  ///
  /// @param frame as many bytes as [#frameBytes] told
  /// @return [FrameHeader#NONE] if there is no header
  FrameHeader read(LinkBuffer frame);

  /// Writes a frame.
  ///
  /// @param payload to be moved to `out`, such as by [LinkBuffer#append]
  void write(FrameHeader header, LinkBuffer payload, LinkBuffer out);
}
