package io.windhover.fuzz;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Empty;
import com.google.protobuf.MessageLite;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.rpc.protobuf.ProtobufCodec;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ObjectBudget;
import java.util.List;

/// What lies in a frame of Kitex Protobuf: a header, and a message of one of some types, which the
/// first byte chooses, or an error. It is a message or one of two exceptions, the same whether it
/// lies in one node or in many; and it is written and read again as the same.
public final class ProtobufTarget {
  private static final List<Method<?>> METHODS =
      List.of(
          method(StringValue.getDefaultInstance()),
          method(Struct.getDefaultInstance()),
          method(Empty.getDefaultInstance()),
          method(FileDescriptorProto.getDefaultInstance()));

  private static final KitexProtobuf CODEC = new KitexProtobuf();

  private ProtobufTarget() {}

  private static <T extends MessageLite> Method<?> method(T message) {
    MessageCodec<T> codec = ProtobufCodec.of(message);
    return new Method<>("echo", false, new MessageCall<>(codec, codec));
  }

  /// @param value a message, an error, or that it is none
  private record Read(MessageHeader header, Object value) {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var method = METHODS.get(Byte.toUnsignedInt(input[0]) % METHODS.size());
    var atOnce = read(method, nodes(input, input.length));
    var byByte = read(method, nodes(input, 1));
    if (!atOnce.equals(byByte)) {
      throw new IllegalStateException("at once: " + atOnce + ", byte by byte: " + byByte);
    }
    if (atOnce.value instanceof MessageLite message) {
      var out = new LinkBuffer();
      CODEC.writeResponse(atOnce.header, method, message, out);
      if (!read(method, out).equals(atOnce)) {
        throw new IllegalStateException("not written as it was read: " + atOnce);
      }
    }
  }

  /// @param input without its first byte
  private static LinkBuffer nodes(byte[] input, int nodeBytes) {
    var buffer = new LinkBuffer();
    for (int from = 1; from < input.length; from += nodeBytes) {
      var node = new byte[Math.min(nodeBytes, input.length - from)];
      System.arraycopy(input, from, node, 0, node.length);
      buffer.append(LinkBuffer.wrap(node));
    }
    return buffer;
  }

  private static Read read(Method<?> method, LinkBuffer payload) {
    try (payload) {
      var header = CODEC.readHeader(payload);
      return new Read(
          header,
          header.type() == MessageHeader.EXCEPTION
              ? CODEC.readError(payload)
              : CODEC.readRequest(method, payload, ObjectBudget.OF_ONE_MESSAGE));
    } catch (MalformedMessageException | UnderflowException _) { // what a peer is told
      return new Read(new MessageHeader(0, "", 0), "refused");
    }
  }
}
