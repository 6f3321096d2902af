package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftProtocolException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// A frame of TTHeader Streaming, without its payload: a TTHeader frame with flag
/// [TTHeader#STREAMING] and protocol id 0x10, whose sequence id is that of a stream.
///
/// ```
///  type     string keys            payload
///  META     yes                    anything
///  HEADER   yes                    none
///  DATA     no                     one struct, bare
///  TRAILER  of a server            none, or a Thrift message of type exception
///  RST      the path of cancelling a Thrift message of type exception
/// ```
///
/// Source: cloudwego/kitex, `pkg/remote/trans/ttstream`; `docs/wire/ttheader-streaming.md`.
///
/// @param streamId any but 0, which is kept for the connection as a whole
/// @param method the method called, in every frame
/// @param intKeys all but the method and the type
public record StreamFrame(
    int streamId,
    FrameType type,
    String method,
    Map<Integer, String> intKeys,
    Map<String, String> stringKeys) {

  private static final int DATA_BLOCK = 0x10_00_10_00; // ..., and the upper byte of the count
  private static final int DATA_BLOCK_BYTES = 5;
  private static final int DATA_KEYS = 2;
  private static final int DATA_NUMBER = '3';

  /// A frame without further int keys.
  public StreamFrame(int streamId, FrameType type, String method, Map<String, String> stringKeys) {
    this(streamId, type, method, Map.of(), stringKeys);
  }

  /// Returns the bytes of the whole frame at the head of `input`, or 0 if more has to arrive.
  ///
  /// @throws WireException if it can be no frame of a stream, or breaks a limit: where the next one
  ///   begins is not known then
  public static int frameBytes(LinkBuffer input, WireLimits limits) {
    int size = input.size();
    if (size < FramePrefix.BYTES) {
      ForeignProtocol.refuse(input);
      return 0;
    }
    int magic = Short.toUnsignedInt(input.getShort(Integer.BYTES));
    int flags = Short.toUnsignedInt(input.getShort(FramePrefix.FLAGS_OFFSET));
    if (magic != FramePrefix.MAGIC || (flags & TTHeader.STREAMING) == 0) {
      ForeignProtocol.refuse(input);
      throw WireException.protocolError(
          "magic 0x%04x, flags 0x%04x on a connection of streams (expected: magic 0x1000, flag 0x0002)"
              .formatted(magic, flags));
    }
    int frame = FramePrefix.peek(input, limits).frameBytes();
    return size >= frame ? frame : 0;
  }

  /// Reads everything before the payload and consumes it.
  ///
  /// @param frame one whole frame, as [#frameBytes] found it
  /// @throws WireException if its header is malformed
  public static StreamFrame read(LinkBuffer frame, WireLimits limits) {
    var header = TTHeader.read(frame, limits);
    if (!header.isStreaming()) {
      throw WireException.protocolError("TTHeader: not a frame of a stream");
    }
    var ints = header.intKeys();
    var type = FrameType.of(ints.remove(HeaderKey.FRAME_TYPE));
    var method = ints.remove(HeaderKey.TO_METHOD);
    return new StreamFrame(
        header.sequenceId(), type, method == null ? "" : method, ints, header.stringKeys());
  }

  /// Consumes the header of a data frame, if it is as all peers write it: the method and the type,
  /// in either order, and nothing else. That saves the maps of [#read] for each message.
  ///
  /// ```
  ///  14  10  00            protocol id, no transforms
  ///  16  10  0002          block of two int keys
  ///  19  { 0009 length method | 001b 0001 '3' }  twice
  ///      00 ...            padding
  /// ```
  ///
  /// @param frame one whole frame, as [#frameBytes] found it
  /// @return whether it was; otherwise nothing is consumed, and [#read] has to look
  public static boolean skipDataHeader(LinkBuffer frame, WireLimits limits) {
    int end =
        FramePrefix.BYTES
            + Short.toUnsignedInt(frame.getShort(FramePrefix.WORDS_OFFSET)) * FramePrefix.WORD;
    int at = FramePrefix.BYTES + DATA_BLOCK_BYTES;
    if (at > end
        || frame.getInt(FramePrefix.BYTES) != DATA_BLOCK
        || frame.getByte(at - 1) != DATA_KEYS) {
      return false;
    }
    boolean isData = false;
    for (int i = 0; i < DATA_KEYS; i++) {
      if (at + Integer.BYTES > end) {
        return false;
      }
      int key = Short.toUnsignedInt(frame.getShort(at));
      int length = Short.toUnsignedInt(frame.getShort(at + Short.BYTES));
      at += Integer.BYTES + length;
      if (at > end || length > limits.maxHeaderTextBytes()) {
        return false;
      }
      if (key == HeaderKey.FRAME_TYPE) {
        isData = length == 1 && frame.getByte(at - 1) == DATA_NUMBER;
      } else if (key != HeaderKey.TO_METHOD) {
        return false;
      }
    }
    if (!isData || !isPadding(frame, at, end)) {
      return false;
    }
    frame.skip(end);
    return true;
  }

  private static boolean isPadding(LinkBuffer frame, int at, int end) {
    for (int i = at; i < end; i++) {
      if (frame.getByte(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Returns the stream id of a frame that is not yet read.
  public static int streamIdOf(LinkBuffer frame) {
    return frame.getInt(FramePrefix.SEQUENCE_ID_OFFSET);
  }

  /// Returns this frame without a payload; the caller owns the buffer.
  ///
  /// @throws WireException if the whole is larger than the limit or a key or value too long
  public LinkBuffer write(WireLimits limits) {
    return write(limits, out -> {});
  }

  /// Returns this frame with a message.
  ///
  /// @throws ThriftProtocolException if it cannot be written, such as one that lacks a field
  public <T> LinkBuffer write(WireLimits limits, StructCodec<T> codec, T message) {
    return new FrameTemplate(this, limits).write(codec, message);
  }

  /// Returns this frame with an error.
  public LinkBuffer write(WireLimits limits, ApplicationError error) {
    return write(
        limits,
        out -> {
          new MessageHeader(MessageHeader.EXCEPTION, method, streamId).write(out);
          ApplicationError.CODEC.write(error, new BinaryWriter(out));
        });
  }

  private LinkBuffer write(WireLimits limits, Consumer<LinkBuffer> payload) {
    var out = new LinkBuffer();
    try {
      var length = header().write(out);
      payload.accept(out);
      checkSize(out, limits);
      length.setInt(length.bytesAfter());
      return out;
    } catch (RuntimeException | Error e) {
      out.release();
      throw e;
    }
  }

  static void checkSize(LinkBuffer frame, WireLimits limits) {
    if (frame.size() > limits.maxMessageBytes()) {
      throw WireException.tooLarge(
          "message of %d bytes (limit: maxMessageBytes %d)"
              .formatted(frame.size(), limits.maxMessageBytes()));
    }
  }

  /// Returns the header of the frame.
  public TTHeader header() {
    var ints = new LinkedHashMap<Integer, String>();
    ints.put(HeaderKey.TO_METHOD, method);
    ints.put(HeaderKey.FRAME_TYPE, type.number());
    ints.putAll(intKeys);
    return new TTHeader(TTHeader.STREAMING, streamId, ints, stringKeys);
  }

  /// Reads the error that is a frame's payload.
  ///
  /// @param payload what [#read] left
  /// @throws WireException if it is something else
  public static ApplicationError readError(LinkBuffer payload) {
    try {
      int type = MessageHeader.read(payload).type();
      if (type != MessageHeader.EXCEPTION) {
        throw WireException.protocolError(
            "message type: %d at the end of a stream (expected: 3 exception)".formatted(type));
      }
      return ApplicationError.CODEC.read(new BinaryReader(payload));
    } catch (ThriftProtocolException e) {
      throw WireException.protocolError("error at the end of a stream: " + e.getMessage());
    }
  }
}
