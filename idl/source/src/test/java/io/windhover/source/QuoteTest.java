package io.windhover.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuoteTest {

  @Test
  void replacesWhatATerminalWouldObey() {
    assertThat(Quote.of("a\u001B[2J\u009B\u202E\u2066\t\nb"))
        .isEqualTo("'a\uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb'");
  }

  @Test
  void isShort() {
    assertThat(Quote.of("x".repeat(99) + "\uD83D\uDE00"))
        .isEqualTo("'" + "x".repeat(99) + "\uFFFD...'");
  }
}
