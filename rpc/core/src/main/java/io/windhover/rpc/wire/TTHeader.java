package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.Reservation;
import io.windhover.buffer.UnderflowException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The header of a TTHeader frame: what the fixed prefix and the blocks of keys say.
///
/// ```
///  14  protocol id (1)  transform count (1)  transform ids ...
///  16  blocks until the header ends:
///        0x00                                             padding, one byte
///        0x01  count (2)  { length (2) key  length (2) value } ...   string keys
///        0x10  count (2)  { key (2)         length (2) value } ...   int keys
///        0x11  length (2) token                           ACL token
/// ```
///
/// Source: cloudwego/gopkg, `protocol/ttheader`; `docs/wire/ttheader.md`.
///
/// @param flags [#STREAMING] decides on the protocol id: 0x10 instead of that of the payload
/// @param intKeys by the numbers of [HeaderKey]; a repeated key keeps its last value
/// @param stringKeys in order of arrival; a repeated key keeps its last value
/// @param payloadId protocol id of a payload codec of others; 0 for all that the first bytes of the
///   payload tell
public record TTHeader(
    int flags,
    int sequenceId,
    Map<Integer, String> intKeys,
    Map<String, String> stringKeys,
    int payloadId) {

  /// Flag of the requests of multiplexed connections: the reply may come in any order.
  public static final int OUT_OF_ORDER = 0x0001;

  /// Flag of the frames of streams: their sequence id is that of a stream.
  public static final int STREAMING = 0x0002;

  private static final int PROTOCOL_THRIFT_BINARY = 0;
  private static final int PROTOCOL_THRIFT_COMPACT_V2 = 3; // old peers say this and mean 4
  private static final int PROTOCOL_KITEX_PROTOBUF = 4;
  private static final int PROTOCOL_THRIFT_STRUCT = 0x10; // of streams

  private static final int BLOCK_PADDING = 0x00;
  private static final int BLOCK_STRINGS = 0x01;
  private static final int BLOCK_INTS = 0x10;
  private static final int BLOCK_ACL_TOKEN = 0x11;

  private static final String ACL_TOKEN = "RPC_TRANSIT_gdpr-token";
  private static final int MIN_ENTRY_BYTES = 4; // a key, or its length, and a value's length
  private static final int MAX_WRITTEN_BYTES = 64 << 10; // what our own peers take, and all others

  /// A header that says nothing of the payload.
  public TTHeader(
      int flags, int sequenceId, Map<Integer, String> intKeys, Map<String, String> stringKeys) {
    this(flags, sequenceId, intKeys, stringKeys, PROTOCOL_THRIFT_BINARY);
  }

  /// A header without flags.
  public TTHeader(int sequenceId, Map<Integer, String> intKeys, Map<String, String> stringKeys) {
    this(0, sequenceId, intKeys, stringKeys);
  }

  /// Whether this is of a frame of a stream.
  public boolean isStreaming() {
    return (flags & STREAMING) != 0;
  }

  /// Whether the sender will close the connection after this message.
  public boolean isConnectionClosing() {
    return stringKeys.containsKey(HeaderKey.CONNECTION_CLOSING);
  }

  /// Returns this header with one more string key.
  TTHeader with(String key, String value) {
    var strings = new LinkedHashMap<>(stringKeys);
    strings.put(key, value);
    return new TTHeader(flags, sequenceId, intKeys, strings, payloadId);
  }

  /// Returns this header with other string keys.
  TTHeader withStringKeys(Map<String, String> stringKeys) {
    return new TTHeader(flags, sequenceId, intKeys, stringKeys, payloadId);
  }

  /// Returns this header with the protocol id of a payload codec.
  public TTHeader withPayloadId(int payloadId) {
    return this.payloadId == payloadId
        ? this
        : new TTHeader(flags, sequenceId, intKeys, stringKeys, payloadId);
  }

  /// Whether this protocol id has its meaning already.
  static boolean isBuiltIn(int protocol) {
    return switch (protocol) {
      case PROTOCOL_THRIFT_BINARY,
          PROTOCOL_THRIFT_COMPACT_V2,
          PROTOCOL_KITEX_PROTOBUF,
          PROTOCOL_THRIFT_STRUCT ->
          true;
      default -> false;
    };
  }

  /// Reads a header and consumes it, so that `frame` starts with its payload.
  ///
  /// @param frame one whole frame whose prefix [FrameCutter] has accepted
  /// @throws WireException if the header is malformed; the frame's length was right all the same
  static TTHeader read(LinkBuffer frame, WireLimits limits) {
    return read(frame, limits, WireFormats.PLAIN);
  }

  /// The same of a side that has payload codecs of others.
  static TTHeader read(LinkBuffer frame, WireLimits limits, WireFormats formats) {
    var prefix = FramePrefix.peek(frame, limits);
    int flags = Short.toUnsignedInt(frame.getShort(FramePrefix.FLAGS_OFFSET));
    frame.skip(FramePrefix.BYTES);
    try (var header = frame.slice(prefix.headerBytes())) {
      int payloadId = readForm(flags, header, formats);
      return readBlocks(flags, prefix.sequenceId(), header, limits).withPayloadId(payloadId);
    } catch (UnderflowException e) {
      throw WireException.protocolError(
          "TTHeader: an entry reaches past the end of the header (" + e.getMessage() + ")");
    }
  }

  /// @return the protocol id if it is one of `formats`, 0 otherwise
  private static int readForm(int flags, LinkBuffer in, WireFormats formats) {
    int protocol = Byte.toUnsignedInt(in.readByte());
    int transforms = Byte.toUnsignedInt(in.readByte());
    boolean isStreaming = (flags & STREAMING) != 0;
    boolean isKnown =
        switch (protocol) {
          case PROTOCOL_THRIFT_BINARY, PROTOCOL_THRIFT_COMPACT_V2, PROTOCOL_KITEX_PROTOBUF ->
              !isStreaming;
          case PROTOCOL_THRIFT_STRUCT -> isStreaming;
          default -> !isStreaming && formats.withId(protocol) != null;
        };
    if (!isKnown) {
      throw new WireException(
          ErrorCode.INVALID_PROTOCOL,
          "TTHeader protocol id: %d (expected: %d)"
              .formatted(protocol, isStreaming ? PROTOCOL_THRIFT_STRUCT : PROTOCOL_THRIFT_BINARY));
    }
    if (transforms > 0) {
      // Kitex skips the ids and reads the payload as if it had not been transformed.
      throw new WireException(
          ErrorCode.INVALID_TRANSFORM, "TTHeader transforms: " + transforms + " (expected: 0)");
    }
    return isBuiltIn(protocol) ? PROTOCOL_THRIFT_BINARY : protocol;
  }

  private static TTHeader readBlocks(int flags, int sequenceId, LinkBuffer in, WireLimits limits) {
    var intKeys = new LinkedHashMap<Integer, String>();
    var stringKeys = new LinkedHashMap<String, String>();
    while (in.size() > 0) {
      int block = Byte.toUnsignedInt(in.readByte());
      switch (block) {
        case BLOCK_PADDING -> {}
        case BLOCK_STRINGS -> {
          for (int left = readCount(in); left > 0; left--) {
            var key = readText(in, limits);
            stringKeys.put(key, readText(in, limits));
          }
        }
        case BLOCK_INTS -> {
          for (int left = readCount(in); left > 0; left--) {
            int key = Short.toUnsignedInt(in.readShort());
            intKeys.put(key, readText(in, limits));
          }
        }
        case BLOCK_ACL_TOKEN -> stringKeys.put(ACL_TOKEN, readText(in, limits));
        default -> throw WireException.protocolError("TTHeader block id: 0x%02x".formatted(block));
      }
    }
    return new TTHeader(flags, sequenceId, intKeys, stringKeys);
  }

  private static int readCount(LinkBuffer in) {
    int count = Short.toUnsignedInt(in.readShort());
    if (count * MIN_ENTRY_BYTES > in.size()) {
      throw WireException.protocolError(
          "TTHeader entries: %d in %d bytes".formatted(count, in.size()));
    }
    return count;
  }

  private static String readText(LinkBuffer in, WireLimits limits) {
    int bytes = Short.toUnsignedInt(in.readShort());
    if (bytes > limits.maxHeaderTextBytes()) {
      throw WireException.protocolError(
          "TTHeader key or value of %d bytes (limit: %d)"
              .formatted(bytes, limits.maxHeaderTextBytes()));
    }
    return in.readUtf8(bytes);
  }

  /// What a header that is written leaves open until its payload is.
  ///
  /// @param length of the frame: `setInt(bytesAfter())`
  /// @param checksum of the payload, if it is to have one
  record Open(Reservation length, @Nullable Reservation checksum) {}

  /// Appends this header, the frame's length left open.
  ///
  /// @return where the length goes, as `setInt(bytesAfter())`, once the payload is written
  /// @throws WireException if a key or value is longer than our own peers take, or all of them
  ///   together longer than any do
  Reservation write(LinkBuffer out) {
    return write(out, false).length();
  }

  /// The same for a payload that is to have a checksum, maybe.
  Open write(LinkBuffer out, boolean checksummed) {
    var length = out.reserve(Integer.BYTES);
    out.writeShort(FramePrefix.MAGIC);
    out.writeShort(flags);
    out.writeInt(sequenceId);
    var words = out.reserve(Short.BYTES);
    out.writeByte(isStreaming() ? PROTOCOL_THRIFT_STRUCT : payloadId);
    out.writeByte(0); // transforms
    var checksum = writeStringKeys(out, checksummed);
    if (!intKeys.isEmpty()) {
      out.writeByte(BLOCK_INTS);
      out.writeShort(intKeys.size());
      intKeys.forEach(
          (key, value) -> {
            out.writeShort(key);
            writeValue(key, value, out);
          });
    }
    while (words.bytesAfter() % FramePrefix.WORD != 0) {
      out.writeByte(BLOCK_PADDING);
    }
    if (words.bytesAfter() > MAX_WRITTEN_BYTES) {
      throw WireException.protocolError(
          "TTHeader of %d bytes (limit: %d): the call's metadata is too large"
              .formatted(words.bytesAfter(), MAX_WRITTEN_BYTES));
    }
    words.setShort(words.bytesAfter() / FramePrefix.WORD);
    return new Open(length, checksum);
  }

  private @Nullable Reservation writeStringKeys(LinkBuffer out, boolean checksummed) {
    var token = stringKeys.get(ACL_TOKEN);
    if (token != null) { // has a block of its own
      out.writeByte(BLOCK_ACL_TOKEN);
      writeValue(ACL_TOKEN, token, out);
    }
    int count = stringKeys.size() - (token == null ? 0 : 1) + (checksummed ? 1 : 0);
    if (count == 0) {
      return null;
    }
    out.writeByte(BLOCK_STRINGS);
    out.writeShort(count);
    stringKeys.forEach(
        (key, value) -> {
          if (!key.equals(ACL_TOKEN)) {
            writeKey(key, out);
            writeValue(key, value, out);
          }
        });
    if (!checksummed) {
      return null;
    }
    writeKey(HeaderKey.CHECKSUM, out);
    out.writeShort(PayloadChecksum.BYTES);
    return out.reserve(PayloadChecksum.BYTES);
  }

  private static void writeKey(String key, LinkBuffer out) {
    int bytes = writeText(key, out);
    if (bytes > WireLimits.HEADER_TEXT_BYTES) {
      throw WireException.protocolError(
          "TTHeader key of %d bytes (limit: %d): %s"
              .formatted(bytes, WireLimits.HEADER_TEXT_BYTES, PeerText.shortened(key)));
    }
  }

  private static void writeValue(Object key, String value, LinkBuffer out) {
    int bytes = writeText(value, out);
    if (bytes > WireLimits.HEADER_TEXT_BYTES) {
      throw WireException.protocolError(
          "TTHeader value of %d bytes (limit: %d) under key %s"
              .formatted(bytes, WireLimits.HEADER_TEXT_BYTES, key));
    }
  }

  /// @return its bytes, of which the two of the length hold no more than 65,535
  private static int writeText(String text, LinkBuffer out) {
    var length = out.reserve(Short.BYTES);
    int bytes = out.writeUtf8(text);
    length.setShort(bytes);
    return bytes;
  }
}
