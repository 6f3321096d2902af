package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.codec.FrameCodec;
import io.windhover.rpc.codec.FrameHeader;
import org.jspecify.annotations.Nullable;

/// A frame codec of others, held to the limits. Whatever goes wrong in it comes out as an exception
/// of ours: a [WireException] that tells of the bytes, or an [ExtensionFailedException]. Without
/// state.
public final class GuardedFrameCodec {

  private final FrameCodec codec;
  private final String name;
  private final boolean hasHeader;
  private final Guard guard;

  /// Asks the codec what never changes.
  public GuardedFrameCodec(FrameCodec codec) {
    this.codec = codec;
    this.name = codec.name();
    this.hasHeader = codec.hasHeader();
    this.guard = new Guard("frame codec " + name);
  }

  public String name() {
    return name;
  }

  public boolean hasHeader() {
    return hasHeader;
  }

  /// As [Guard#detect] says.
  public Detection detect(LinkBuffer input) {
    return guard.detect(input, () -> codec.detect(input));
  }

  /// Returns the bytes of the whole frame at the head of `input`, or 0 if more has to arrive.
  int frameBytes(LinkBuffer input, WireLimits limits) {
    int bytes = guard.frameBytes(input, limits.maxMessageBytes(), () -> codec.frameBytes(input));
    return input.size() >= bytes ? bytes : 0;
  }

  /// Reads and consumes everything before the payload.
  Envelope read(LinkBuffer frame, WireLimits limits, WireFormats formats) {
    var header = guard.run("read", () -> codec.read(frame));
    int size = guard.run("read", frame::size);
    check(header, limits);
    int firstBytes = size < Integer.BYTES ? 0 : frame.getInt(0);
    var payload = Envelope.isThrift(firstBytes) ? null : formats.startingWith(firstBytes);
    if (payload == null && !Envelope.isThrift(firstBytes)) {
      throw WireException.protocolError(
          "payload of %d bytes in a frame of %s is not a Thrift strict binary message"
              .formatted(size, name));
    }
    return hasHeader
        ? new Envelope(
            Protocol.TTHEADER,
            new TTHeader(header.sequenceId(), header.intKeys(), header.stringKeys()),
            payload)
        : new Envelope(Protocol.BUFFERED, null, payload);
  }

  private void check(FrameHeader header, WireLimits limits) {
    long all = 0;
    for (var entry : header.stringKeys().entrySet()) {
      all += checkedLength(entry.getKey(), limits) + checkedLength(entry.getValue(), limits);
    }
    for (var value : header.intKeys().values()) {
      all += checkedLength(value, limits);
    }
    if (all > limits.maxHeaderBytes()) {
      throw WireException.protocolError(
          "header of %d characters in a frame of %s (limit: %d)"
              .formatted(all, name, limits.maxHeaderBytes()));
    }
  }

  private int checkedLength(String text, WireLimits limits) {
    if (text.length() > limits.maxHeaderTextBytes()) {
      throw WireException.protocolError(
          "key or value of %d characters in a frame of %s (limit: %d)"
              .formatted(text.length(), name, limits.maxHeaderTextBytes()));
    }
    return text.length();
  }

  /// Returns a payload in a frame; the caller owns the buffer.
  ///
  /// @param payload moved there
  LinkBuffer write(@Nullable TTHeader header, LinkBuffer payload, WireLimits limits) {
    var told =
        header == null
            ? FrameHeader.NONE
            : new FrameHeader(header.sequenceId(), header.intKeys(), header.stringKeys());
    var frame = guard.written("write", out -> codec.write(told, payload, out));
    if (frame.size() > limits.maxMessageBytes()) {
      int bytes = frame.size();
      frame.release();
      throw WireException.tooLarge(
          "message of %d bytes (limit: maxMessageBytes %d)"
              .formatted(bytes, limits.maxMessageBytes()));
    }
    return frame;
  }
}
