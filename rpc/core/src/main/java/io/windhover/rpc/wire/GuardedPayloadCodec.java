package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.PayloadCodec;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.MessageHeader;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.ThriftProtocolException;
import org.jspecify.annotations.Nullable;

/// A payload codec of others. Whatever goes wrong in it comes out as an exception of ours: a
/// [WireException] or [ThriftProtocolException] that tells of the message, or an
/// [ExtensionFailedException]. Without state.
public final class GuardedPayloadCodec {

  private final PayloadCodec codec;
  private final String name;
  private final int protocolId;
  private final Guard guard;

  /// Asks the codec what never changes.
  public GuardedPayloadCodec(PayloadCodec codec) {
    this.codec = codec;
    this.name = codec.name();
    this.protocolId = codec.protocolId();
    this.guard = new Guard("payload codec " + name);
  }

  public String name() {
    return name;
  }

  public int protocolId() {
    return protocolId;
  }

  boolean recognises(int firstBytes) {
    return guard.run("recognises", () -> codec.recognises(firstBytes));
  }

  public boolean carries(Method<?> method) {
    return guard.run("carries", () -> codec.carries(method));
  }

  public MessageHeader readHeader(LinkBuffer payload) {
    return guard.run("readHeader", () -> codec.readHeader(payload));
  }

  public Object readRequest(Method<?> method, LinkBuffer payload, ObjectBudget objects) {
    return guard.run("readRequest", () -> codec.readRequest(method, payload, objects));
  }

  public Object readResponse(Method<?> method, LinkBuffer payload) {
    return guard.run(
        "readResponse", () -> codec.readResponse(method, payload, ObjectBudget.OF_ONE_MESSAGE));
  }

  public ApplicationError readError(LinkBuffer payload) {
    return guard.run("readError", () -> codec.readError(payload));
  }

  /// Returns a whole payload; the caller owns the buffer.
  public LinkBuffer writeRequest(MessageHeader header, Method<?> method, Object request) {
    return guard.written("writeRequest", out -> codec.writeRequest(header, method, request, out));
  }

  /// The same of a response, which may be none.
  public LinkBuffer writeResponse(
      MessageHeader header, Method<?> method, @Nullable Object response) {
    return guard.written(
        "writeResponse", out -> codec.writeResponse(header, method, response, out));
  }

  /// The same of an error.
  public LinkBuffer writeError(MessageHeader header, ApplicationError error) {
    return guard.written("writeError", out -> codec.writeError(header, error, out));
  }
}
