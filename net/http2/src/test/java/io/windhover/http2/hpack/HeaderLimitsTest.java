package io.windhover.http2.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HeaderLimitsTest {

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> new HeaderLimits(-1, 8_192, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tableBytes: -1 (expected: 0..1048576)");
    assertThatThrownBy(() -> new HeaderLimits(0, 31, 100))
        .hasMessage("listBytes: 31 (expected: 32..16777216)");
    assertThatThrownBy(() -> new HeaderLimits(0, 8_192, 0))
        .hasMessage("fields: 0 (expected: 1..524288)");
  }

  @Test
  void fieldShowsNoSecret() {
    assertThat(new HeaderField("a", "b")).hasToString("a: b");
    assertThat(new HeaderField("a", "b", true)).hasToString("a: (secret)");
  }
}
