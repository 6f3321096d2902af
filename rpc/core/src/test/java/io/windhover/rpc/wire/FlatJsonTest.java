package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlatJsonTest {

  @Test
  void readsWhatItWrites() {
    var values = Map.of("a", "1", "quote\"\\", "\u0001\n\t\r/", "", "ä\uD83D\uDE00");

    assertThat(FlatJson.read(FlatJson.write(values))).isEqualTo(values);
    assertThat(FlatJson.write(Map.of())).isEqualTo("{}");
  }

  @Test
  void readsSpaceAndEscapes() {
    assertThat(FlatJson.read(" { \"a\" : \"\\u0041\\/\\b\" , \"b\":\"\" } "))
        .containsExactly(Map.entry("a", "A/\b"), Map.entry("b", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"a\"}",
        "{\"a\":1}",
        "{\"a\":\"b\",}",
        "{\"a\":\"b\"} x",
        "{\"a\":{}}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"b",
        "{\"a\":\"\n\"}"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> FlatJson.read(text))
        .isInstanceOf(WireException.class)
        .hasMessageStartingWith("biz-extra is no JSON object of strings: ");
  }
}
