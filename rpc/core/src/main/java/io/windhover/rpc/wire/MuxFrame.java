package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import java.util.HexFormat;

/// A frame of a multiplexed connection: a TTHeader frame, whose sequence id tells which call it
/// belongs to. Requests have the flag [TTHeader#OUT_OF_ORDER].
///
/// The sequence id 0 is no call's. A frame with it from the server is a control frame, and there is
/// one kind of it: the server is about to close the connection.
///
/// ```
///   00 00 00 2b 10 00 00 00 00 00 00 00 00 04 00 00       43 bytes follow, sequence id 0
///   01 00 01 00 05 63 72 72 73 74 00 01 31 00             crrst=1
///   80 01 00 02 00 00 00 04 6e 6f 6e 65 00 00 00 00 00    reply "none", an empty struct
/// ```
///
/// Source: cloudwego/kitex `pkg/remote/trans/netpollmux`; `docs/wire/ttheader.md`.
public final class MuxFrame {

  /// The sequence id of control frames.
  public static final int CONTROL = 0;

  private static final byte[] GO_AWAY =
      HexFormat.of()
          .parseHex(
              "0000002b100000000000000000040000"
                  + "0100010005637272737400013100"
                  + "80010002000000046e6f6e650000000000");

  private MuxFrame() {}

  /// Returns the bytes of the whole frame at the head of `input`, or 0 if more has to arrive.
  ///
  /// @throws WireException if it is anything but TTHeader, or breaks a limit
  public static int frameBytes(LinkBuffer input, WireLimits limits) {
    int size = input.size();
    if (size < FramePrefix.BYTES) {
      ForeignProtocol.refuse(input);
      return 0;
    }
    int magic = Short.toUnsignedInt(input.getShort(Integer.BYTES));
    if (magic != FramePrefix.MAGIC) {
      ForeignProtocol.refuse(input);
      throw WireException.protocolError(
          "magic: 0x%04x on a multiplexed connection (expected: 0x%04x, TTHeader)"
              .formatted(magic, FramePrefix.MAGIC));
    }
    int frame = FramePrefix.peek(input, limits).frameBytes();
    return size >= frame ? frame : 0;
  }

  /// Returns which call a frame belongs to, or [#CONTROL].
  ///
  /// @param frame a whole one, as [#frameBytes] found it
  public static int sequenceId(LinkBuffer frame) {
    return frame.getInt(FramePrefix.SEQUENCE_ID_OFFSET);
  }

  /// Returns the control frame by which a server says that it is about to close the connection.
  public static LinkBuffer goAway() {
    return LinkBuffer.wrap(GO_AWAY);
  }

  /// Whether a control frame says so; consumes its header.
  public static boolean isGoAway(LinkBuffer frame, WireLimits limits) {
    try {
      return TTHeader.read(frame, limits).isConnectionClosing();
    } catch (WireException e) {
      return false; // nothing that we know
    }
  }
}
