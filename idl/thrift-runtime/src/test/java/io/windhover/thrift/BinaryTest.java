package io.windhover.thrift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BinaryTest {

  @Test
  void copiesWhatItIsMadeOf() {
    var bytes = new byte[] {1, 2};
    var binary = Binary.of(bytes);
    bytes[0] = 9;
    binary.toByteArray()[1] = 9;

    assertThat(binary.toByteArray()).containsExactly(1, 2);
    assertThat(binary.asReadOnlyByteBuffer().isReadOnly()).isTrue();
    assertThat(binary.asReadOnlyByteBuffer().get(1)).isEqualTo((byte) 2);
  }

  @Test
  void wrapsWithoutACopy() {
    var bytes = new byte[] {1, 2};

    assertThat(Binary.wrap(bytes).bytes()).isSameAs(bytes);
  }

  @Test
  void isEqualByContent() {
    assertThat(Binary.of(new byte[] {1, 2}))
        .isEqualTo(Binary.wrap(new byte[] {1, 2}))
        .hasSameHashCodeAs(Binary.wrap(new byte[] {1, 2}))
        .isNotEqualTo(Binary.of(new byte[] {1, 3}));
    assertThat(Binary.of(new byte[0])).isSameAs(Binary.EMPTY);
  }

  @Test
  void showsItsLengthAndFirstBytes() {
    assertThat(Binary.of(new byte[] {1, -1})).hasToString("Binary[2 bytes: 01ff]");
    assertThat(Binary.of(new byte[20]))
        .hasToString("Binary[20 bytes: 00000000000000000000000000000000...]");
  }

  @Test
  void findsItsParts() {
    var whole = Binary.of(new byte[] {1, 2, 3});

    assertThat(whole.startsWith(Binary.of(new byte[] {1, 2}))).isTrue();
    assertThat(whole.startsWith(Binary.of(new byte[] {2}))).isFalse();
    assertThat(whole.startsWith(Binary.of(new byte[4]))).isFalse();
    assertThat(whole.endsWith(Binary.of(new byte[] {2, 3}))).isTrue();
    assertThat(whole.endsWith(Binary.of(new byte[] {2}))).isFalse();
    assertThat(whole.endsWith(Binary.of(new byte[] {0, 1, 2, 3}))).isFalse();
    assertThat(whole.contains(Binary.of(new byte[] {2}))).isTrue();
    assertThat(whole.contains(Binary.of(new byte[] {1, 3}))).isFalse();
    assertThat(whole.contains(Binary.EMPTY)).isTrue();
    assertThat(Binary.EMPTY.contains(Binary.EMPTY)).isTrue();
  }
}
