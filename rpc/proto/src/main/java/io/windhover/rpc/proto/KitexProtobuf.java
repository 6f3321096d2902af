package io.windhover.rpc.proto;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.codec.PayloadCodec;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ObjectBudget;
import org.jspecify.annotations.Nullable;

/// Protobuf messages as Kitex sends them over Framed and TTHeader:
///
/// ```
///  byte 0       1       2       3
///      +-------+-------+-------+-------+
///    0 | magic 0x9001  |     type      |
///      +---------------+---------------+
///    4 |          name bytes           |
///      +-------------------------------+
///    8 |           name ...            |
///      +-------------------------------+
///      |          sequence id          |  pairs a reply with its call
///      +-------------------------------+
///      |          message ...          |  to the end of the payload; may be empty
///      +-------------------------------+
/// ```
///
/// Integers are big-endian; the types are those of Thrift's messages. A length stands before all of
/// it, in TTHeader frames, too. The message is the method's request or response itself, or an
/// [error][ErrorMessage]. Source: Kitex' `pkg/remote/codec/protobuf`.
///
/// ```java
/// Server.builder().payloadCodec(new KitexProtobuf()).service(EchoService.serve(handler))
/// Client.builder("127.0.0.1:8888").payloadCodec(new KitexProtobuf())
/// ```
///
/// Carries methods whose codec is a [MessageCall]. Over Framed no business status, deadline or
/// metadata travels, as with Thrift.
public final class KitexProtobuf implements PayloadCodec {

  private static final int MAGIC = 0x9001;
  private static final int MAX_TYPE = 0xff;
  private static final int MAX_NAME_BYTES = 16 << 10; // as with Thrift

  /// Makes one; all are alike.
  public KitexProtobuf() {}

  @Override
  public String name() {
    return "Kitex Protobuf";
  }

  /// Kitex takes no other.
  @Override
  public boolean alwaysFramed() {
    return true;
  }

  @Override
  public boolean recognises(int firstBytes) {
    return firstBytes >>> Short.SIZE == MAGIC;
  }

  @Override
  public boolean carries(Method<?> method) {
    return method.codec() instanceof MessageCall<?, ?> && !method.kind().isStream();
  }

  @SuppressWarnings("unchecked") // messages are checked by their codecs
  private static MessageCall<Object, Object> codec(Method<?> method) {
    return (MessageCall<Object, Object>) method.codec();
  }

  @Override
  public MessageHeader readHeader(LinkBuffer payload) {
    int magic = Short.toUnsignedInt(payload.readShort());
    if (magic != MAGIC) { // behind a header that names this codec
      throw new MalformedMessageException(
          "magic: 0x%04x (expected: 0x%04x)".formatted(magic, MAGIC));
    }
    int type = Short.toUnsignedInt(payload.readShort());
    if (type > MAX_TYPE) {
      throw new MalformedMessageException("message type: " + type + " (expected: 1..4)");
    }
    int nameBytes = payload.readInt();
    if (nameBytes < 0 || nameBytes > MAX_NAME_BYTES) {
      throw new MalformedMessageException(
          "name bytes: %d (expected: at most %d)"
              .formatted(Integer.toUnsignedLong(nameBytes), MAX_NAME_BYTES));
    }
    return new MessageHeader(type, payload.readUtf8(nameBytes), payload.readInt());
  }

  @Override
  public Object readRequest(Method<?> method, LinkBuffer payload, ObjectBudget objects) {
    return codec(method).request().read(payload, objects);
  }

  @Override
  public Object readResponse(Method<?> method, LinkBuffer payload, ObjectBudget objects) {
    return codec(method).response().read(payload, objects);
  }

  @Override
  public ApplicationError readError(LinkBuffer payload) {
    return ErrorMessage.read(payload);
  }

  @Override
  public void writeRequest(MessageHeader header, Method<?> method, Object request, LinkBuffer out) {
    write(header, codec(method).request(), request, out);
  }

  @Override
  public void writeResponse(
      MessageHeader header, Method<?> method, @Nullable Object response, LinkBuffer out) {
    if (response == null) {
      writeHeader(header, out);
    } else {
      write(header, codec(method).response(), response, out);
    }
  }

  @Override
  public void writeError(MessageHeader header, ApplicationError error, LinkBuffer out) {
    writeHeader(header, out);
    ErrorMessage.write(error, out);
  }

  private static void write(
      MessageHeader header, MessageCodec<Object> codec, Object message, LinkBuffer out) {
    writeHeader(header, out);
    codec.write(message, out);
  }

  private static void writeHeader(MessageHeader header, LinkBuffer out) {
    out.writeInt(MAGIC << Short.SIZE | header.type());
    out.writeSizedUtf8(header.name());
    out.writeInt(header.sequenceId());
  }
}
