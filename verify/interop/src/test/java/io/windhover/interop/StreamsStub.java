package io.windhover.interop;

import io.windhover.interop.streams.Note;
import io.windhover.rpc.BidiStream;
import io.windhover.rpc.ClientStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.Streams;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.util.List;

/// Calls the service of streams.thrift, and describes it to servers.
record StreamsStub(StreamCaller caller) {
  private static final String SERVICE = "Streams";

  private static final Method<?> CHAT = stream("chat", Method.Kind.BIDI_STREAM);
  private static final Method<?> SUM = stream("sum", Method.Kind.CLIENT_STREAM);
  private static final Method<?> COUNT = stream("count", Method.Kind.SERVER_STREAM);
  private static final Method<?> RELAY = stream("relay", Method.Kind.SERVER_STREAM);
  private static final Method<?> STRAY = stream("stray", Method.Kind.SERVER_STREAM);

  private static final Method<Signature> ENDING =
      new Method<>("ending", false, Signature.builder().returns(Scalars.STRING).build());
  private static final Method<Signature> PING =
      new Method<>(
          "ping",
          false,
          Signature.builder().argument(1, "note", Note.CODEC).returns(Note.CODEC).build());

  /// Notes both ways, bare.
  private record Notes() implements CallCodec {
    @Override
    @SuppressWarnings("unchecked") // only notes are written with it
    public StructCodec<Object> request() {
      return (StructCodec<Object>) (StructCodec<?>) Note.CODEC;
    }

    @Override
    public StructCodec<Object> response() {
      return request();
    }
  }

  private static Method<?> stream(String name, Method.Kind kind) {
    return new Method<>(name, kind, new Notes());
  }

  static Service serve(StreamsHandler handler) {
    return new Service(
        SERVICE,
        List.of(operation(ENDING, in -> handler.ending()), operation(PING, in -> in.<Note>get(0))),
        List.of(
            StreamOperation.bidiStream(CHAT, handler::chat),
            StreamOperation.clientStream(SUM, handler::sum),
            StreamOperation.serverStream(COUNT, handler::count),
            StreamOperation.serverStream(RELAY, handler::relay)));
  }

  private static Operation operation(Method<Signature> method, Signature.Body body) {
    return new Operation(method, (invocation, request) -> method.codec().run(request, body));
  }

  BidiStream<Note, Note> chat() {
    return Streams.bidiStream(caller.open(SERVICE, CHAT));
  }

  ClientStream<Note, Note> sum() {
    return Streams.clientStream(caller.open(SERVICE, SUM));
  }

  StreamReceiver<Note> count(Note order) {
    return Streams.serverStream(caller.open(SERVICE, COUNT), order);
  }

  StreamReceiver<Note> relay(Note order) {
    return Streams.serverStream(caller.open(SERVICE, RELAY), order);
  }

  /// Asks for a stream of a service that no server has.
  StreamReceiver<Note> stray(Note order) {
    return Streams.serverStream(caller.open("Strangers", STRAY), order);
  }

  String ending() {
    return call(ENDING).orThrow();
  }

  Note ping(Note note) {
    return call(PING, note).orThrow();
  }

  private Result call(Method<Signature> method, Object... arguments) {
    return (Result) caller.call(SERVICE, method, method.codec().arguments(arguments));
  }
}
