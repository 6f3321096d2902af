package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import io.windhover.thrift.call.CallCodec;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Services whose messages are texts: `test.Words`, as Protobuf has it, and `Notes` of Thrift.
final class Words {

  /// A text is its own message; one that begins with `!` is none.
  static final MessageCodec<Object> TEXT =
      new MessageCodec<>() {
        @Override
        public Object read(LinkBuffer in, ObjectBudget objects) {
          var text = in.readUtf8(in.size());
          if (text.startsWith("!")) {
            throw new MalformedMessageException("no text");
          }
          return text;
        }

        @Override
        public void write(Object message, LinkBuffer out) {
          out.writeUtf8((String) message);
        }
      };

  private static final MessageCall<Object, Object> CALL = new MessageCall<>(TEXT, TEXT);

  static final Method<?> ECHO = new Method<>("Echo", false, CALL);
  static final Method<?> JOIN = new Method<>("Join", Method.Kind.CLIENT_STREAM, CALL);
  static final Method<?> SPLIT = new Method<>("Split", Method.Kind.SERVER_STREAM, CALL);
  static final Method<?> CHAT = new Method<>("Chat", Method.Kind.BIDI_STREAM, CALL);

  /// A struct of a string under id 1.
  private static final StructCodec<Object> STRUCT =
      new StructCodec<>() {
        @Override
        public Object read(ThriftReader in) {
          var value = "";
          in.structBegin();
          for (int header; (header = in.fieldHeader()) != 0; ) {
            if (ThriftReader.fieldId(header) == 1) {
              value = in.string();
            } else {
              in.skip(ThriftReader.fieldType(header));
            }
          }
          in.structEnd();
          return value;
        }

        @Override
        public void write(Object value, ThriftWriter out) {
          out.structBegin();
          out.stringField(1, (String) value);
          out.structEnd();
        }
      };

  private record ThriftCall(StructCodec<Object> request, StructCodec<Object> response)
      implements CallCodec {}

  private static final CallCodec THRIFT = new ThriftCall(STRUCT, STRUCT);

  static final Method<?> NOTE = new Method<>("note", false, THRIFT);
  static final Method<?> TELL = new Method<>("tell", true, THRIFT);
  static final Method<?> TALK = new Method<>("talk", Method.Kind.BIDI_STREAM, THRIFT);

  private Words() {}

  /// What the methods do.
  static final class Handlers {
    UnaryOperator<String> echo = text -> text + "!";
    Function<StreamReceiver<String>, String> join =
        in -> {
          var all = new StringBuilder();
          in.forEach(all::append);
          return all.toString();
        };
    BiConsumer<String, StreamSender<String>> split =
        (text, out) -> {
          for (var word : text.split(" ", -1)) {
            out.send(word);
          }
        };
    BiConsumer<StreamReceiver<String>, StreamSender<String>> chat =
        (in, out) -> in.forEach(text -> out.send(text + "!"));

    List<Service> services() {
      var words =
          new Service(
              "test.Words",
              List.of(new Operation(ECHO, (invocation, text) -> echo.apply((String) text))),
              List.of(
                  StreamOperation.clientStream(JOIN, (StreamReceiver<String> in) -> join.apply(in)),
                  StreamOperation.serverStream(
                      SPLIT, (String text, StreamSender<String> out) -> split.accept(text, out)),
                  StreamOperation.bidiStream(
                      CHAT,
                      (StreamReceiver<String> in, StreamSender<String> out) ->
                          chat.accept(in, out))));
      var notes =
          new Service(
              "Notes",
              List.of(
                  new Operation(NOTE, (invocation, text) -> echo.apply((String) text)),
                  new Operation(TELL, (invocation, text) -> echo.apply((String) text))),
              List.of(
                  StreamOperation.bidiStream(
                      TALK,
                      (StreamReceiver<String> in, StreamSender<String> out) ->
                          chat.accept(in, out))));
      return List.of(words, notes);
    }
  }
}
