package io.windhover.fuzz;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What arrives on a connection with streams. It is cut into the same frames whether it arrives at
/// once or byte by byte; a frame is one of a stream or an exception; and it is written and read
/// again as the same, the error that ends a stream too.
public final class StreamTarget {
  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);

  private static final int NO_FRAME = -1;

  private StreamTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    var atOnce = ends(input, input.length);
    var byByte = ends(input, 1);
    if (!atOnce.equals(byByte)) {
      throw new IllegalStateException("at once: " + atOnce + ", byte by byte: " + byByte);
    }
    int start = 0;
    for (int end : atOnce) {
      if (end == NO_FRAME) {
        return;
      }
      frame(Arrays.copyOfRange(input, start, end));
      start = end;
    }
  }

  /// Returns where the frames end; then NO_FRAME, if what follows can be none.
  private static List<Integer> ends(byte[] input, int step) {
    var ends = new ArrayList<Integer>();
    int end = 0;
    try (var buffer = new LinkBuffer()) {
      for (int from = 0; from < input.length; from += step) {
        buffer.writeBytes(input, from, Math.min(step, input.length - from));
        for (int size; (size = StreamFrame.frameBytes(buffer, LIMITS)) != 0; ) {
          end += size;
          ends.add(end);
          buffer.skip(size);
        }
      }
    } catch (WireException e) {
      ends.add(NO_FRAME);
    }
    return ends;
  }

  private static void frame(byte[] bytes) {
    try (var in = LinkBuffer.wrap(bytes)) {
      var frame = StreamFrame.read(in, LIMITS);
      data(frame, in.size(), bytes);
      try (var again = frame.write(LIMITS)) {
        requireSame(frame, StreamFrame.read(again, LIMITS));
      }
      if (frame.type() == FrameType.TRAILER || frame.type() == FrameType.RST) {
        error(frame, in);
      }
    } catch (WireException _) {
      // what ends the connection, or the stream
    }
  }

  /// The shorter way of reading sees nothing else.
  private static void data(StreamFrame frame, int payload, byte[] bytes) {
    try (var in = LinkBuffer.wrap(bytes)) {
      if (StreamFrame.skipDataHeader(in, LIMITS)) {
        requireSame(FrameType.DATA, frame.type());
        requireSame(payload, in.size());
      }
    }
  }

  private static void error(StreamFrame frame, LinkBuffer payload) {
    var error = StreamFrame.readError(payload);
    try (var again = frame.write(LIMITS, error)) {
      requireSame(frame, StreamFrame.read(again, LIMITS));
      requireSame(error, StreamFrame.readError(again));
    }
  }

  private static void requireSame(Object read, Object again) {
    if (!read.equals(again)) {
      throw new IllegalStateException(read + " and then " + again);
    }
  }
}
