package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Row 91 of the bad inputs.
final class PeerTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "echo", "世界 😀", "a: \"b\" {c}"})
  void leavesOrdinaryTextAlone(String text) {
    assertThat(PeerText.shortened(text)).isEqualTo(text);
  }

  @Test
  void showsControlCharactersAsQuestionMarks() {
    assertThat(PeerText.shortened("a\r\nb\u0000c\u001b[2Jd\u202ee\u2028f\u0085g"))
        .isEqualTo("a??b?c?[2Jd?e?f?g");
  }

  @Test
  void cutsLongText() {
    assertThat(PeerText.shortened("x".repeat(256))).isEqualTo("x".repeat(256));
    assertThat(PeerText.shortened("x".repeat(1 << 20))).isEqualTo("x".repeat(256) + "...");
  }
}
