package io.windhover.rpc.testing;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;

/// Methods whose messages are bytes that a test writes by hand: to ask a server of gRPC for what no
/// code is generated here, and to see what goes over the wire.
///
/// ```java
/// var check = RawMessages.method("Check", Method.Kind.UNARY);
/// byte[] health = MessageCall.call(client, "grpc.health.v1.Health", check, new byte[0]);
/// assertThat(health).containsExactly(8, 1); // SERVING
/// ```
public final class RawMessages {

  /// Reads and writes each message as it is.
  static final MessageCodec<byte[]> CODEC =
      new MessageCodec<>() {
        @Override
        public byte[] read(LinkBuffer in, ObjectBudget objects) {
          var bytes = new byte[in.size()];
          in.readBytes(bytes, 0, bytes.length);
          return bytes;
        }

        @Override
        public void write(byte[] message, LinkBuffer out) {
          out.writeBytes(message, 0, message.length);
        }
      };

  private RawMessages() {}

  /// Returns a method that takes and returns such messages.
  public static Method<MessageCall<byte[], byte[]>> method(String name, Method.Kind kind) {
    return new Method<>(name, kind, new MessageCall<>(CODEC, CODEC));
  }
}
