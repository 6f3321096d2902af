package io.windhover.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BytesTest {

  @Test
  void copiesWhatItIsMadeOf() {
    var bytes = new byte[] {1, 2};
    var binary = Bytes.of(bytes);
    bytes[0] = 9;
    binary.toByteArray()[1] = 9;

    assertThat(binary.toByteArray()).containsExactly(1, 2);
    assertThat(binary.asReadOnlyByteBuffer().isReadOnly()).isTrue();
    assertThat(binary.asReadOnlyByteBuffer().get(1)).isEqualTo((byte) 2);
  }

  @Test
  void wrapsWithoutACopy() {
    var bytes = new byte[] {1, 2};

    assertThat(Bytes.wrap(bytes).bytes()).isSameAs(bytes);
  }

  @Test
  void isEqualByContent() {
    assertThat(Bytes.of(new byte[] {1, 2}))
        .isEqualTo(Bytes.wrap(new byte[] {1, 2}))
        .hasSameHashCodeAs(Bytes.wrap(new byte[] {1, 2}))
        .isNotEqualTo(Bytes.of(new byte[] {1, 3}));
    assertThat(Bytes.of(new byte[0])).isSameAs(Bytes.EMPTY);
  }

  @Test
  void showsItsLengthAndFirstBytes() {
    assertThat(Bytes.of(new byte[] {1, -1})).hasToString("Bytes[2 bytes: 01ff]");
    assertThat(Bytes.of(new byte[20]))
        .hasToString("Bytes[20 bytes: 00000000000000000000000000000000...]");
  }
}
