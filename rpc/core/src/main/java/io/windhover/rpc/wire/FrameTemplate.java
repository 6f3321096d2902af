package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftProtocolException;

/// The frames of one stream that differ in their payload only: what is before it is written once.
/// For any thread.
public final class FrameTemplate {

  private final byte[] head; // without the length
  private final WireLimits limits;

  public FrameTemplate(StreamFrame frame, WireLimits limits) {
    this.limits = limits;
    try (var written = frame.write(limits)) {
      written.skip(Integer.BYTES);
      head = new byte[written.size()];
      written.readBytes(head, 0, head.length);
    }
  }

  /// Returns the frame with a message; the caller owns the buffer.
  ///
  /// @throws WireException if the whole is larger than the limit
  /// @throws ThriftProtocolException if the message cannot be written, such as one that lacks a
  ///   field
  public <T> LinkBuffer write(StructCodec<T> codec, T message) {
    var out = new LinkBuffer();
    try {
      var length = out.reserve(Integer.BYTES);
      out.writeBytes(head, 0, head.length);
      codec.write(message, new BinaryWriter(out));
      StreamFrame.checkSize(out, limits);
      length.setInt(length.bytesAfter());
      return out;
    } catch (RuntimeException | Error e) {
      out.release();
      throw e;
    }
  }
}
