package io.windhover.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Both lanes do the same work.
final class MessageTest {

  @ParameterizedTest
  @EnumSource
  void bothWriteTheSameBytes(Message message) {
    for (int i = 1; i <= Message.COUNT; i++) {
      assertThat(ours(message.sample(), i))
          .isEqualTo(message.sample().protobufs().apply(i).toByteArray());
    }
  }

  private static <T> byte[] ours(MessageSample<T, ?> sample, int number) {
    return sample.codec().toBytes(sample.ours().apply(number));
  }

  @ParameterizedTest
  @EnumSource
  void oursReadsWhatProtobufWrites(Message message) {
    var bytes = message.sample().protobufs().apply(3).toByteArray();

    assertThat(message.sample().codec().fromBytes(bytes))
        .isEqualTo(message.sample().ours().apply(3));
  }
}
