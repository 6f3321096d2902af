package io.windhover.conformance.flood;

import static io.windhover.conformance.flood.Frames.block;
import static io.windhover.conformance.flood.Frames.field;
import static io.windhover.conformance.flood.Frames.int32;
import static io.windhover.conformance.flood.Frames.join;
import static io.windhover.conformance.flood.Frames.literal;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.FramePrefix;
import io.windhover.http2.frame.FrameType;
import java.util.Arrays;

/// What one connection sends without an end, and what it is told.
enum Flood {

  /// CVE-2023-44487: requests whose handlers begin, given up at once.
  RAPID_RESET("too many streams were reset") {
    @Override
    void write(Frames out, int streamId) {
      out.request(streamId, Blocks.WAIT);
      out.frame(FrameType.RST_STREAM, 0, streamId, int32(ErrorCode.CANCEL.code()));
    }
  },

  /// CVE-2025-8671: the same, but that the server is made to reset them, each time by another
  /// fault.
  MADE_YOU_RESET("too many streams were reset") {
    @Override
    void write(Frames out, int id) {
      switch (id / 2 % 6) {
        case 0 -> out.request(id, Blocks.WAIT).message(id);
        case 1 -> out.request(id, Blocks.WAIT).frame(FrameType.WINDOW_UPDATE, 0, id, int32(0));
        case 2 ->
            out.request(id, Blocks.WAIT)
                .frame(FrameType.WINDOW_UPDATE, 0, id, int32(Integer.MAX_VALUE));
        case 3 ->
            out.request(id, Blocks.WAIT)
                .frame(FrameType.PRIORITY, 0, id, join(int32(id), new byte[1]));
        case 4 ->
            out.frame(
                FrameType.HEADERS,
                FramePrefix.END_HEADERS | FramePrefix.PRIORITY,
                id,
                join(int32(id), new byte[1], Blocks.WAIT));
        default -> out.head(id, join(Blocks.WAIT, field("content-length", "7"))).message(id);
      }
    }
  },

  /// Header lists over the limit, which are answered.
  OVERSIZED_HEADERS("too many header lists that are too large") {
    @Override
    void write(Frames out, int streamId) {
      out.frame(
          FrameType.HEADERS,
          FramePrefix.END_HEADERS | FramePrefix.END_STREAM,
          streamId,
          Blocks.OVERSIZED);
    }
  },

  CONTINUATION("too many CONTINUATION frames") {
    @Override
    void write(Frames out, int streamId) {
      writeContinuations(out, streamId, new byte[1]);
    }
  },

  EMPTY_CONTINUATION("too many CONTINUATION frames") {
    @Override
    void write(Frames out, int streamId) {
      writeContinuations(out, streamId, new byte[0]);
    }
  },

  /// One field of 2 KB in the table, and thousands of references to it.
  HPACK_BOMB("header list") {
    @Override
    void write(Frames out, int streamId) {
      out.head(streamId, Blocks.BOMB);
    }
  },

  /// Fields of one byte each.
  HPACK_CRUMBS("header list") {
    @Override
    void write(Frames out, int streamId) {
      out.head(streamId, Blocks.CRUMBS);
    }
  },

  PING("too_many_pings") {
    @Override
    void write(Frames out, int streamId) {
      out.frame(FrameType.PING, 0, 0, new byte[Long.BYTES]);
    }
  },

  SETTINGS("too many frames without effect") {
    @Override
    void write(Frames out, int streamId) {
      out.frame(FrameType.SETTINGS, 0, 0);
    }
  },

  PRIORITY("too many frames without effect") {
    @Override
    void write(Frames out, int streamId) {
      out.frame(FrameType.PRIORITY, 0, streamId, new byte[5]);
    }
  },

  EMPTY_DATA("too many DATA frames without data") {
    @Override
    void write(Frames out, int streamId) {
      if (streamId == 1) {
        out.head(streamId, Blocks.WAIT);
      }
      out.frame(FrameType.DATA, 0, 1);
    }
  },

  TINY_DATA("too many tiny DATA frames") {
    @Override
    void write(Frames out, int streamId) {
      if (streamId == 1) {
        out.head(streamId, Blocks.WAIT);
      }
      out.frame(FrameType.DATA, 0, 1, new byte[1]);
    }
  },

  /// Large replies, which nobody reads but a KiB at a time. They are asked for no faster: not what
  /// it costs to make them is meant, but what it costs to keep them.
  SLOW_READER("") {
    @Override
    void write(Frames out, int streamId) {
      out.request(streamId, Blocks.LARGE);
    }
  };

  /// What every connection that the server ends is told, with ENHANCE_YOUR_CALM; empty if it may go
  /// on.
  final String told;

  Flood(String told) {
    this.told = told;
  }

  /// Writes a part of the flood.
  ///
  /// @param streamId a new one each time, from 1 on
  abstract void write(Frames out, int streamId);

  /// How many connections the server has to end in a second at least, or it was no flood.
  int minConnectionsPerSecond() {
    return told.isEmpty() ? 0 : 20;
  }

  private static void writeContinuations(Frames out, int streamId, byte[] fragment) {
    if (streamId == 1) {
      out.frame(FrameType.HEADERS, 0, streamId, Blocks.WAIT);
    }
    out.frame(FrameType.CONTINUATION, 0, 1, fragment);
  }

  private static final class Blocks {
    private static final int INDEXED = 0x40; // literal, which the table keeps
    private static final byte FIRST_OF_TABLE = (byte) 0xbe;
    private static final byte METHOD_GET = (byte) 0x82;
    private static final int REFERENCES = 12_000;

    static final byte[] WAIT = block(FloodServer.WAIT.name());
    static final byte[] LARGE = block(FloodServer.LARGE.name());
    static final byte[] OVERSIZED = join(WAIT, field("x-large", "x".repeat(12 << 10)));
    static final byte[] BOMB =
        join(literal(INDEXED, "x-bomb", "x".repeat(2 << 10)), repeat(FIRST_OF_TABLE));
    static final byte[] CRUMBS = repeat(METHOD_GET);

    private static byte[] repeat(byte reference) {
      var references = new byte[REFERENCES];
      Arrays.fill(references, reference);
      return references;
    }
  }
}
