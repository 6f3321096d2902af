package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
import io.windhover.thrift.ThriftProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageBudgetTest {

  private long taken;

  private MessageBudget budget(long most) {
    return new MessageBudget(
        (bytes, _) -> {
          taken += bytes;
          return taken <= most;
        });
  }

  private static LinkBuffer message(String text) {
    var message = new LinkBuffer();
    message.writeUtf8(text);
    return message;
  }

  @Test
  void takesWhatAMessageHasGrownBy() {
    try (var message = message("x".repeat(100))) {
      assertThat(budget(90).read(message, 10, Words.TEXT)).isEqualTo("x".repeat(100));
    }
    assertThat(taken).isEqualTo(90);
  }

  @Test
  void refusesAMessageThatHasNoRoomOnceDecompressed() {
    try (var message = message("x".repeat(100))) {
      assertThatThrownBy(() -> budget(89).read(message, 10, Words.TEXT))
          .isInstanceOfSatisfying(GrpcException.class, MessageBudgetTest::isExhausted);
    }
  }

  private static void isExhausted(GrpcException e) {
    assertThat(e.status().code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
  }

  /// A codec that throws what codecs of Thrift, or others, do.
  private record Throwing(boolean asks, boolean ofThrift) implements MessageCodec<Object> {

    @Override
    public Object read(LinkBuffer in, ObjectBudget objects) {
      if (asks) {
        assertThat(objects.take(1, 0)).isFalse();
      }
      throw ofThrift
          ? new ThriftProtocolException(ThriftProtocolException.Code.SIZE_LIMIT, "bad")
          : new MalformedMessageException("bad");
    }

    @Override
    public void write(Object message, LinkBuffer out) {
      throw new AssertionError("never called");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellsNoRoomFromAMessageThatIsNone(boolean ofThrift) {
    try (var message = message("x")) {
      assertThatThrownBy(() -> budget(0).read(message, 6, new Throwing(true, ofThrift)))
          .isInstanceOfSatisfying(GrpcException.class, MessageBudgetTest::isExhausted)
          .hasMessageContaining("bad");
      assertThatThrownBy(() -> budget(0).read(message, 6, new Throwing(false, ofThrift)))
          .isInstanceOf(ofThrift ? ThriftProtocolException.class : MalformedMessageException.class);
    }
  }
}
