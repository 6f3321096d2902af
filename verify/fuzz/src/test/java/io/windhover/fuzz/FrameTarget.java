package io.windhover.fuzz;

import io.windhover.buffer.LinkBuffer;
import io.windhover.interop.protocols.Nothing;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.FrameCutter;
import io.windhover.rpc.wire.FrameWriter;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ThriftProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// What arrives on a connection: Buffered, Framed and TTHeader messages one behind the other. It is
/// cut into the same frames whether it arrives at once or byte by byte; a frame is a message or one
/// of two exceptions; and a message is written and read again as the same.
public final class FrameTarget {
  static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);

  private FrameTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    eachFrame(input, WireFormats.PLAIN, FrameTarget::message);
  }

  /// Tells of each whole frame.
  static void eachFrame(byte[] input, WireFormats formats, Consumer<byte[]> action) {
    var atOnce = frames(input, input.length, formats);
    var byByte = frames(input, 1, formats);
    if (!atOnce.equals(byByte)) {
      throw new IllegalStateException("at once: " + atOnce + ", byte by byte: " + byByte);
    }
    int start = 0;
    for (var frame : atOnce) {
      if (frame.error.isEmpty()) {
        action.accept(Arrays.copyOfRange(input, start, start + frame.bytes));
        start += frame.bytes;
      }
    }
  }

  /// @param error why the connection ends
  private record Frame(int bytes, String error) {}

  private static List<Frame> frames(byte[] input, int step, WireFormats formats) {
    var frames = new ArrayList<Frame>();
    var cutter = new FrameCutter(LIMITS, formats);
    try (var buffer = new LinkBuffer()) {
      for (int from = 0; from < input.length; from += step) {
        buffer.writeBytes(input, from, Math.min(step, input.length - from));
        for (int size; buffer.size() > 0 && (size = cutter.frameBytes(buffer)) != 0; ) {
          frames.add(new Frame(size, ""));
          buffer.skip(size);
        }
      }
    } catch (WireException e) {
      frames.add(new Frame(0, e.getClass().getSimpleName()));
    }
    return frames;
  }

  private static void message(byte[] bytes) {
    try (var frame = LinkBuffer.wrap(bytes)) {
      Envelope.sequenceIdOf(frame);
      var envelope = Envelope.read(frame, LIMITS, PayloadForm.PLAIN, WireFormats.PLAIN);
      var header = MessageHeader.read(frame);
      var body = Nothing.CODEC.read(new BinaryReader(frame));
      var written = write(envelope, header, body);
      try (var again = LinkBuffer.wrap(written)) {
        var envelopeAgain = Envelope.read(again, LIMITS, PayloadForm.PLAIN, WireFormats.PLAIN);
        var headerAgain = MessageHeader.read(again);
        var bodyAgain = Nothing.CODEC.read(new BinaryReader(again));
        if (!Arrays.equals(written, write(envelopeAgain, headerAgain, bodyAgain))) {
          throw new IllegalStateException(envelope + " " + header + " " + body);
        }
      }
    } catch (WireException | ThriftProtocolException _) {
      // what a peer is told
    }
  }

  private static byte[] write(Envelope envelope, MessageHeader header, Nothing body) {
    try (var out = FrameWriter.write(envelope, header, Nothing.CODEC, body, LIMITS)) {
      var bytes = new byte[out.size()];
      out.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }
}
