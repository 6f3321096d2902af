package io.windhover.rpc.proto;

import io.windhover.buffer.LinkBuffer;
import io.windhover.protobuf.ProtoCodec;
import io.windhover.protobuf.ProtoException;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;

/// Reads and writes messages of one type that Windhover has generated:
///
/// ```java
/// GeneratedCodec.of(EchoRequest.CODEC)
/// ```
///
/// Unknown fields are kept, but for those in entries of maps. What nests more than 100 levels deep,
/// known or not, text that is not UTF-8 where the IDL wants that, and a message without a required
/// field are refused. Immutable, for any thread.
///
/// @param <T> the type
public final class GeneratedCodec<T> implements MessageCodec<T> {

  private final ProtoCodec<T> codec;
  private final Class<?> type;

  private GeneratedCodec(ProtoCodec<T> codec) {
    this.codec = codec;
    this.type = codec.create().getClass();
  }

  public static <T> GeneratedCodec<T> of(ProtoCodec<T> codec) {
    return new GeneratedCodec<>(codec);
  }

  @Override
  public T read(LinkBuffer in, ObjectBudget objects) {
    try {
      return codec.read(in, objects::take);
    } catch (ProtoException e) {
      throw new MalformedMessageException(e.getMessage());
    }
  }

  @Override
  public void write(T message, LinkBuffer out) {
    if (!type.isInstance(message)) { // of a middleware, say
      throw new MalformedMessageException(
          "a %s (expected: a %s)".formatted(message.getClass().getName(), type.getName()));
    }
    try {
      codec.write(message, out);
    } catch (ProtoException e) {
      throw new MalformedMessageException(e.getMessage());
    }
  }
}
