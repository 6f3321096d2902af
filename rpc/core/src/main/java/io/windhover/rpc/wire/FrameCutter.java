package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.MessageScanner;
import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.ThriftProtocolException.Code;
import org.jspecify.annotations.Nullable;

/// Finds where the message at the head of a connection's input ends, whatever its protocol.
///
/// Each message is looked at afresh, so that Buffered, Framed and TTHeader may alternate on one
/// connection, as they may on a Kitex server:
///
/// ```
///  byte 0       2       4       6       8
///      +-------+-------+-------+-------+
///      |     length    | 10 00 | flags |   TTHeader
///      |     length    | 80 01 | type  |   Framed
///      | 80 01 | type  |  name length  |   Buffered: the end is found by reading all of it
///      +-------+-------+-------+-------+
/// ```
///
/// One for each connection, used on its poller only; never waits. What it refuses ends the
/// connection; of a message that is too large, [MessageHead] says whom to tell before.
public final class FrameCutter {

  private static final int KITEX_PROTOBUF_MAGIC = 0x9001;

  private final WireLimits limits;
  private final WireFormats formats;
  private final @Nullable GuardedFrameCodec frame; // instead of all that is drawn above
  private @Nullable MessageScanner unframed; // made when a Buffered message comes: it is large

  /// @param formats what is taken, too
  public FrameCutter(WireLimits limits, WireFormats formats) {
    this.limits = limits;
    this.formats = formats;
    this.frame = formats.frame();
  }

  /// Returns the bytes of the whole message at the head of `input`, or 0 if more has to arrive.
  ///
  /// @throws WireException if it can be none of our messages, or breaks a limit
  public int frameBytes(LinkBuffer input) {
    if (frame != null) {
      return frame.frameBytes(input, limits);
    }
    int size = input.size();
    if (size < Integer.BYTES) {
      return 0;
    }
    int head = input.getInt(0);
    if (head >>> 16 == MessageHeader.VERSION) {
      return unframedBytes(input);
    }
    if (head <= 0 || head > WireLimits.HARD_MAX_MESSAGE_BYTES) {
      throw notAFrame(input, head);
    }
    if (size < Integer.BYTES + Short.BYTES) {
      return 0;
    }
    int magic = Short.toUnsignedInt(input.getShort(Integer.BYTES));
    return switch (magic) {
      case MessageHeader.VERSION -> framedBytes(head, size);
      case FramePrefix.MAGIC -> ttheaderBytes(input, size);
      default -> codecBytes(input, head, magic);
    };
  }

  /// Of a frame whose payload is of a codec of others.
  private int codecBytes(LinkBuffer input, int head, int magic) {
    if (formats.hasPayloads()) {
      if (input.size() < 2 * Integer.BYTES) {
        return 0;
      }
      if (formats.startingWith(input.getInt(Integer.BYTES)) != null) {
        return framedBytes(head, input.size());
      }
    }
    throw magic == KITEX_PROTOBUF_MAGIC
        ? WireException.protocolError(
            "Kitex Protobuf is not served on this port (payloadCodec(new KitexProtobuf()) would)")
        : notAFrame(input, head);
  }

  private int unframedBytes(LinkBuffer input) {
    var scanner = unframed;
    if (scanner == null) {
      scanner = new MessageScanner(limits.maxMessageBytes());
      unframed = scanner;
    }
    try {
      return scanner.messageBytes(input);
    } catch (ThriftProtocolException e) {
      var what = "Buffered message: " + e.getMessage();
      throw e.code() == Code.SIZE_LIMIT
          ? WireException.tooLarge(
              "%s (limit: maxMessageBytes %d)".formatted(what, limits.maxMessageBytes()))
          : WireException.protocolError(what);
    }
  }

  private int framedBytes(int length, int size) {
    int frame = Integer.BYTES + length; // no overflow: the length is below the hard limit
    if (frame > limits.maxMessageBytes()) {
      throw WireException.tooLarge(
          "frame of %d bytes (limit: maxMessageBytes %d)"
              .formatted(frame, limits.maxMessageBytes()));
    }
    return size >= frame ? frame : 0;
  }

  private int ttheaderBytes(LinkBuffer input, int size) {
    if (size < FramePrefix.BYTES) {
      return 0;
    }
    int frame = FramePrefix.peek(input, limits).frameBytes();
    return size >= frame ? frame : 0;
  }

  private static WireException notAFrame(LinkBuffer input, int head) {
    var foreign = ForeignProtocol.of(input);
    return foreign != null
        ? WireException.foreign(foreign)
        : WireException.protocolError(
            "unknown protocol: first bytes 0x%08x, as a frame length %d (expected: Thrift strict binary, Framed or TTHeader)"
                .formatted(head, Integer.toUnsignedLong(head)));
  }
}
