package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Protocol;
import io.windhover.thrift.MessageHeader;
import org.jspecify.annotations.Nullable;

/// What lies around a Thrift message: the protocol it came in and, for TTHeader, the header.
///
/// In the frames of a codec of others, TTHEADER stands for a bare payload behind a header, and
/// BUFFERED for one without.
///
/// @param header present exactly for the TTHeader protocols
/// @param payload the codec of others that the payload is of; null for Thrift strict binary
public record Envelope(
    Protocol protocol, @Nullable TTHeader header, @Nullable GuardedPayloadCodec payload) {

  private static final short THRIFT_MAGIC = (short) MessageHeader.VERSION;

  /// What lies around Thrift strict binary.
  public Envelope(Protocol protocol, @Nullable TTHeader header) {
    this(protocol, header, null);
  }

  /// Reads and consumes everything before the Thrift message. One that is compressed becomes plain.
  ///
  /// @param frame one whole frame, as [FrameCutter] found it
  /// @param own the form in which this side writes: only who compresses decompresses
  /// @param formats of users that this side takes, too
  /// @throws WireException if the header is malformed, or the payload has not the checksum that the
  ///   header says, or is not a Thrift message
  public static Envelope read(
      LinkBuffer frame, WireLimits limits, PayloadForm own, WireFormats formats) {
    var codec = formats.frame();
    if (codec != null) {
      return codec.read(frame, limits, formats);
    }
    if (!isTTHeader(frame)) {
      return readPayloadPrefix(frame, null, formats);
    }
    var header = TTHeader.read(frame, limits, formats);
    if (header.isStreaming()) {
      throw WireException.protocolError(
          "a frame of TTHeader Streaming on a connection that began with a call");
    }
    PayloadChecksum.check(header, frame);
    PayloadCompression.decompress(header, frame, limits, own);
    return header.payloadId() == 0
        ? readPayloadPrefix(frame, header, formats)
        : readNamed(frame, header, formats);
  }

  /// Reads a payload whose codec the header names.
  private static Envelope readNamed(LinkBuffer frame, TTHeader header, WireFormats formats) {
    boolean framed = isFramed(frame);
    if (framed) {
      frame.skip(Integer.BYTES);
    }
    return new Envelope(
        framed ? Protocol.TTHEADER_FRAMED : Protocol.TTHEADER,
        header,
        formats.withId(header.payloadId()));
  }

  private static boolean isFramed(LinkBuffer payload) {
    return payload.size() >= Integer.BYTES && payload.getInt(0) == payload.size() - Integer.BYTES;
  }

  /// Returns the sequence id that stands in the header of a TTHeader frame not yet read, or 0: what
  /// an answer can refer to when nothing else of the frame can be read.
  public static int sequenceIdOf(LinkBuffer frame) {
    return isTTHeader(frame) ? frame.getInt(FramePrefix.SEQUENCE_ID_OFFSET) : 0;
  }

  /// Whether a payload that begins so is Thrift's.
  static boolean isThrift(int firstBytes) {
    return firstBytes >>> Short.SIZE == MessageHeader.VERSION;
  }

  static boolean isTTHeader(LinkBuffer frame) {
    return frame.size() >= FramePrefix.BYTES
        && frame.getShort(0) != THRIFT_MAGIC
        && frame.getShort(4) == FramePrefix.MAGIC;
  }

  private static Envelope readPayloadPrefix(
      LinkBuffer frame, @Nullable TTHeader header, WireFormats formats) {
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
    var ofCodec = formats.hasPayloads() ? readOfCodec(frame, header, formats) : null;
    if (ofCodec != null) {
      return ofCodec;
    }
    throw WireException.protocolError(
        "payload of %d bytes is not a Thrift strict binary message".formatted(size));
  }

  /// Reads a payload whose first bytes name its codec: framed, or bare after a header.
  private static @Nullable Envelope readOfCodec(
      LinkBuffer frame, @Nullable TTHeader header, WireFormats formats) {
    if (isFramed(frame) && frame.size() >= Long.BYTES) {
      var codec = formats.startingWith(frame.getInt(Integer.BYTES));
      if (codec != null) {
        frame.skip(Integer.BYTES);
        return new Envelope(
            header == null ? Protocol.FRAMED : Protocol.TTHEADER_FRAMED, header, codec);
      }
    }
    var codec =
        header == null || frame.size() < Integer.BYTES
            ? null
            : formats.startingWith(frame.getInt(0));
    return codec == null ? null : new Envelope(Protocol.TTHEADER, header, codec);
  }
}
