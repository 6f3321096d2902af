package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import org.junit.jupiter.api.Test;

final class EmptyStructTest extends LeakTest {

  @Test
  void isOneByte() {
    try (var buffer = new LinkBuffer()) {
      EmptyStruct.CODEC.write(EmptyStruct.VALUE, new BinaryWriter(buffer));

      assertThat(Feed.drain(buffer)).containsExactly(0);
    }
  }

  @Test
  void skipsFieldsOfANewerPeer() {
    try (var buffer = Feed.WHOLE.of("080001 00000005 0b0002 00000001 61 00 ff")) {
      assertThat(EmptyStruct.CODEC.read(new BinaryReader(buffer))).isSameAs(EmptyStruct.VALUE);
      assertThat(buffer.size()).isEqualTo(1);
    }
  }
}
