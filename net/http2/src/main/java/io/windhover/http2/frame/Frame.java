package io.windhover.http2.frame;

import io.windhover.buffer.LinkBuffer;
import java.util.List;

/// One frame (RFC 9113, section 6): what follows the [prefix][FramePrefix], by its type. A value
/// that exists is legal as far as a frame alone can be. [FrameReader] reads frames.
///
/// Drawings leave out the prefix and show a byte as `--`.
public sealed interface Frame {

  /// Returns the stream; 0 for the connection itself.
  int streamId();

  /// Bytes of a body (section 6.1).
  ///
  /// ```
  ///   [pad length --] data ... padding ...     pad length and padding if flag 0x8 is set
  /// ```
  ///
  /// @param data for its receiver to release
  /// @param flowBytes what counts for flow control: data, padding and its length
  /// @param endStream nothing more comes
  record Data(int streamId, LinkBuffer data, int flowBytes, boolean endStream) implements Frame {}

  /// Begins a header block (section 6.2).
  ///
  /// ```
  ///   [pad length --] [E dependency -- -- -- --] [weight --] fragment ... padding ...
  ///                    dependency and weight if flag 0x20 is set; E is one bit
  /// ```
  ///
  /// @param fragment of a compressed header list, for its receiver to release
  /// @param endHeaders the block is whole; otherwise [Continuation] frames follow
  /// @param endStream nothing comes after the block
  /// @param dependsOnItself which is an error of the stream; its block must be read all the same
  record Headers(
      int streamId,
      LinkBuffer fragment,
      boolean endHeaders,
      boolean endStream,
      boolean dependsOnItself)
      implements Frame {}

  /// An advice on the order of work, deprecated and ignored (section 6.3).
  ///
  /// ```
  ///   E dependency -- -- -- --  weight --
  /// ```
  record Priority(int streamId) implements Frame {}

  /// Gives up a stream (section 6.4).
  ///
  /// ```
  ///   error code -- -- -- --
  /// ```
  ///
  /// @param code see [ErrorCode#of]; peers have codes of their own
  record RstStream(int streamId, int code) implements Frame {
    public void write(LinkBuffer out) {
      FramePrefix.write(out, Integer.BYTES, FrameType.RST_STREAM, 0, streamId);
      out.writeInt(code);
    }
  }

  /// What the sender asks of the receiver (section 6.5), or that it does what was asked of it.
  ///
  /// ```
  ///   { id -- --  value -- -- -- -- } ...      none if flag 0x1 (ack) is set
  /// ```
  record Settings(boolean ack, List<Setting> values) implements Frame {

    public static final Settings ACK = new Settings(true, List.of());

    public Settings {
      values = List.copyOf(values);
      if (ack && !values.isEmpty()) {
        throw new IllegalArgumentException("an acknowledgement has no values");
      }
    }

    @Override
    public int streamId() {
      return 0;
    }

    public void write(LinkBuffer out) {
      int flags = ack ? FramePrefix.ACK : 0;
      FramePrefix.write(out, values.size() * Setting.BYTES, FrameType.SETTINGS, flags, 0);
      for (var setting : values) {
        out.writeShort(setting.id());
        out.writeInt(setting.value());
      }
    }
  }

  /// Asks for an answer, or is one (section 6.7).
  ///
  /// ```
  ///   opaque -- -- -- -- -- -- -- --           an answer, with the same bytes, has flag 0x1 (ack)
  /// ```
  record Ping(boolean ack, long opaque) implements Frame {

    @Override
    public int streamId() {
      return 0;
    }

    public void write(LinkBuffer out) {
      FramePrefix.write(out, Long.BYTES, FrameType.PING, ack ? FramePrefix.ACK : 0, 0);
      out.writeLong(opaque);
    }
  }

  /// The sender takes no more streams (section 6.8).
  ///
  /// ```
  ///   R last stream id -- -- -- --  error code -- -- -- --  text ...
  /// ```
  ///
  /// @param lastStreamId the last one that was or may be processed
  /// @param text for people; peers' is cut at [#MAX_TEXT_BYTES], and has `?` for what cannot be
  ///   printed
  record GoAway(int lastStreamId, int code, String text) implements Frame {

    public static final int MAX_TEXT_BYTES = 256;

    @Override
    public int streamId() {
      return 0;
    }

    public void write(LinkBuffer out) {
      try (var bytes = new LinkBuffer()) {
        int count = bytes.writeUtf8(text);
        FramePrefix.write(out, 2 * Integer.BYTES + count, FrameType.GOAWAY, 0, 0);
        out.writeInt(lastStreamId);
        out.writeInt(code);
        out.append(bytes);
      }
    }
  }

  /// Lets the receiver send so many bytes more, on a stream or, with id 0, on all (section 6.9).
  ///
  /// ```
  ///   R increment -- -- -- --
  /// ```
  ///
  /// @param increment 1 to 2^31-1
  record WindowUpdate(int streamId, int increment) implements Frame {

    public WindowUpdate {
      if (increment < 1) {
        throw new IllegalArgumentException("increment: " + increment + " (expected: > 0)");
      }
    }

    public void write(LinkBuffer out) {
      FramePrefix.write(out, Integer.BYTES, FrameType.WINDOW_UPDATE, 0, streamId);
      out.writeInt(increment);
    }
  }

  /// Goes on with a header block (section 6.10).
  ///
  /// @param fragment for its receiver to release
  record Continuation(int streamId, LinkBuffer fragment, boolean endHeaders) implements Frame {}

  /// A frame of a type that RFC 9113 does not have, to be ignored (section 4.1).
  record Unknown(int streamId, int type) implements Frame {}
}
