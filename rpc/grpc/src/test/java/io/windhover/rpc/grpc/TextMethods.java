package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import io.windhover.thrift.call.CallCodec;

/// Methods whose messages are text: `malformed` is one that cannot be read, nor written.
final class TextMethods {

  static final String SERVICE = "test.Echo";

  private static final MessageCodec<String> TEXT =
      new MessageCodec<>() {
        @Override
        public String read(LinkBuffer in, ObjectBudget objects) {
          return checked(in.readUtf8(in.size()));
        }

        @Override
        public void write(String message, LinkBuffer out) {
          out.writeUtf8(checked(message));
        }

        private static String checked(String text) {
          if (text.equals("malformed")) {
            throw new MalformedMessageException("not a text");
          }
          return text;
        }
      };

  static final MessageCall<String, String> CODEC = new MessageCall<>(TEXT, TEXT);

  static final Method<MessageCall<String, String>> ECHO = new Method<>("Echo", false, CODEC);
  static final Method<MessageCall<String, String>> COLLECT = of(Method.Kind.CLIENT_STREAM);
  static final Method<MessageCall<String, String>> LIST = of(Method.Kind.SERVER_STREAM);
  static final Method<MessageCall<String, String>> CHAT = of(Method.Kind.BIDI_STREAM);

  /// The same in Thrift: a struct with a string under id 1.
  private static final StructCodec<Object> STRUCT =
      new StructCodec<>() {
        @Override
        public Object read(ThriftReader in) {
          var text = "";
          in.structBegin();
          while (in.fieldHeader() != 0) {
            text = in.string();
          }
          in.structEnd();
          return text;
        }

        @Override
        public void write(Object text, ThriftWriter out) {
          out.structBegin();
          out.stringField(1, (String) text);
          out.structEnd();
        }
      };

  static final Method<CallCodec> THRIFT =
      new Method<>(
          "echo",
          false,
          new CallCodec() {
            @Override
            public StructCodec<Object> request() {
              return STRUCT;
            }

            @Override
            public StructCodec<Object> response() {
              return STRUCT;
            }
          });

  private TextMethods() {}

  private static Method<MessageCall<String, String>> of(Method.Kind kind) {
    return new Method<>(kind.name(), kind, CODEC);
  }
}
