package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Protocol;
import io.windhover.thrift.MessageHeader;
import org.jspecify.annotations.Nullable;

/// What lies around a Thrift message: the protocol it came in and, for TTHeader, the header.
///
/// @param header present exactly for the TTHeader protocols
public record Envelope(Protocol protocol, @Nullable TTHeader header) {

  private static final short THRIFT_MAGIC = (short) MessageHeader.VERSION;

  /// Reads and consumes everything before the Thrift message. One that is compressed becomes plain.
  ///
  /// @param frame one whole frame, as [FrameCutter] found it
  /// @throws WireException if the header is malformed, or the payload has not the checksum that the
  ///   header says, or is not a Thrift message
  public static Envelope read(LinkBuffer frame, WireLimits limits) {
    return read(frame, limits, PayloadForm.PLAIN);
  }

  /// As [#read(LinkBuffer, WireLimits)], of a side that may have told its peer that it reads
  /// compressed payloads.
  ///
  /// @param own the form in which this side writes: only who compresses decompresses
  public static Envelope read(LinkBuffer frame, WireLimits limits, PayloadForm own) {
    if (!isTTHeader(frame)) {
      return readPayloadPrefix(frame, null);
    }
    var header = TTHeader.read(frame, limits);
    if (header.isStreaming()) {
      throw WireException.protocolError(
          "a frame of TTHeader Streaming on a connection that began with a call");
    }
    PayloadChecksum.check(header, frame);
    PayloadCompression.decompress(header, frame, limits, own);
    return readPayloadPrefix(frame, header);
  }

  /// Returns the sequence id that stands in the header of a TTHeader frame not yet read, or 0: what
  /// an answer can refer to when nothing else of the frame can be read.
  public static int sequenceIdOf(LinkBuffer frame) {
    return isTTHeader(frame) ? frame.getInt(FramePrefix.SEQUENCE_ID_OFFSET) : 0;
  }

  private static boolean isTTHeader(LinkBuffer frame) {
    return frame.size() >= FramePrefix.BYTES
        && frame.getShort(0) != THRIFT_MAGIC
        && frame.getShort(4) == FramePrefix.MAGIC;
  }

  private static Envelope readPayloadPrefix(LinkBuffer frame, @Nullable TTHeader header) {
    int size = frame.size();
    if (size >= Short.BYTES && frame.getShort(0) == THRIFT_MAGIC) {
      return new Envelope(header == null ? Protocol.BUFFERED : Protocol.TTHEADER, header);
    }
    if (size >= Integer.BYTES + Short.BYTES && frame.getShort(4) == THRIFT_MAGIC) {
      int length = frame.readInt();
      if (length != frame.size()) {
        throw WireException.protocolError(
            "frame length: %d inside of a TTHeader frame with %d bytes left"
                .formatted(Integer.toUnsignedLong(length), frame.size()));
      }
      return new Envelope(header == null ? Protocol.FRAMED : Protocol.TTHEADER_FRAMED, header);
    }
    throw WireException.protocolError(
        "payload of %d bytes is not a Thrift strict binary message".formatted(size));
  }
}
