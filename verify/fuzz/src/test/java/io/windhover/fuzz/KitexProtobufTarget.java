package io.windhover.fuzz;

import com.google.protobuf.Struct;
import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.rpc.protobuf.ProtobufCodec;
import io.windhover.rpc.wire.Envelope;
import io.windhover.rpc.wire.GuardedPayloadCodec;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireException;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.ThriftProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// What arrives on a connection that takes Kitex Protobuf, in Framed and TTHeader: the same frames
/// whether it arrives at once or byte by byte; a frame is a message of Protobuf, one of Thrift, or
/// one of two exceptions; and a message of Protobuf is written and read again as the same.
public final class KitexProtobufTarget {
  private static final WireFormats FORMATS = WireFormats.of(List.of(new KitexProtobuf()));
  private static final Method<?> METHOD =
      new Method<>(
          "echo",
          false,
          new MessageCall<>(
              ProtobufCodec.of(Struct.getDefaultInstance()),
              ProtobufCodec.of(Struct.getDefaultInstance())));

  private KitexProtobufTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    FrameTarget.eachFrame(input, FORMATS, KitexProtobufTarget::message);
  }

  private record Read(Envelope envelope, MessageHeader header, Object value) {}

  private static void message(byte[] bytes) {
    try (var frame = LinkBuffer.wrap(bytes)) {
      Envelope.sequenceIdOf(frame);
      var read = read(frame);
      if (read == null || read.header.type() == MessageHeader.EXCEPTION) {
        return;
      }
      var written = write(read);
      try (var again = LinkBuffer.wrap(written)) {
        if (!Arrays.equals(written, write(Objects.requireNonNull(read(again))))) {
          throw new IllegalStateException("not written as it was read: " + read);
        }
      }
    } catch (WireException | ThriftProtocolException _) {
      // what a peer is told
    }
  }

  /// @return null if the frame is of Thrift
  private static Read read(LinkBuffer frame) {
    var envelope = Envelope.read(frame, FrameTarget.LIMITS, PayloadForm.PLAIN, FORMATS);
    GuardedPayloadCodec codec = envelope.payload();
    if (codec == null) {
      return null;
    }
    var header = codec.readHeader(frame);
    var value =
        header.type() == MessageHeader.EXCEPTION
            ? codec.readError(frame)
            : codec.readRequest(METHOD, frame, ObjectBudget.OF_ONE_MESSAGE);
    return new Read(envelope, header, value);
  }

  private static byte[] write(Read read) {
    var codec = Objects.requireNonNull(read.envelope.payload());
    var payload = codec.writeResponse(read.header, METHOD, read.value);
    try (var out = FORMATS.wrap(read.envelope, PayloadForm.PLAIN, payload, FrameTarget.LIMITS)) {
      var bytes = new byte[out.size()];
      out.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }
}
